package io.github.dotagent.agent.cli;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;

/** The jar that holds this class, to be given to another JVM. */
public final class OwnJar {
  private OwnJar() {}

  /**
   * The absolute path of dot-agent.jar.
   *
   * @throws IllegalStateException when the classes were taken out of it
   */
  public static Path path() {
    CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null) {
      throw new IllegalStateException("this command does not run from dot-agent.jar");
    }
    return Paths.get(URI.create(location.toString())).toAbsolutePath();
  }
}
