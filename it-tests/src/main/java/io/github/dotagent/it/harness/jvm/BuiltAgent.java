package io.github.dotagent.it.harness.jvm;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The agent's jar from the build, found from any working directory. */
public final class BuiltAgent {
  private BuiltAgent() {}

  /**
   * @throws IllegalStateException when it is not built
   */
  public static Path jar() {
    try {
      Path classes =
          Path.of(BuiltAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path project = classes.getParent().getParent().getParent(); // of it-tests/target/classes
      Path jar = project.resolve("agent").resolve("target").resolve("dot-agent.jar");
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException("not built yet: " + jar);
      }
      return jar;
    } catch (URISyntaxException notAFile) {
      throw new IllegalStateException(notAFile);
    }
  }
}
