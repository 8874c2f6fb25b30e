package io.github.dotagent.agent.cli;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;

/** Finds the jar of this class, so that another JVM can load it. */
public final class OwnJar {
  private OwnJar() {}

  /**
   * The absolute path of dot-agent.jar.
   *
   * @throws IllegalStateException if this class was not loaded from a jar
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
