package io.github.dotagent.it.harness.jvm;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A JDK or JRE on this machine. Immutable.
 *
 * @param major 8 for 1.8, else the first number of the version
 */
public record JavaHome(Path folder, int major) {

  /** The one that runs the harness. */
  public static JavaHome current() {
    return new JavaHome(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** Its {@code java} command. */
  public Path java() {
    return folder.resolve("bin").resolve("java");
  }

  /** Whether it has the tools of a JDK; a JRE runs programs, too. */
  public boolean isJdk() {
    return Files.isExecutable(folder.resolve("bin").resolve("javac"));
  }

  @Override
  public String toString() {
    return "Java " + major + " (" + folder + ")";
  }
}
