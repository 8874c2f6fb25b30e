package io.github.dotagent.it.harness.jvm;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build puts the programs that children run: {@code target/programs/8} and {@code …/11},
 * beside the harness's own classes.
 */
public final class ProgramClasses {
  private ProgramClasses() {}

  /** Programs for Java 8 and later. */
  public static Path java8() {
    return of("8");
  }

  /** Programs for Java 11 and later. */
  public static Path java11() {
    return of("11");
  }

  private static Path of(String release) {
    URL own = ProgramClasses.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      Path programs = Path.of(own.toURI()).resolveSibling("programs").resolve(release);
      if (!Files.isDirectory(programs)) {
        throw new IllegalStateException("not built yet: " + programs);
      }
      return programs;
    } catch (URISyntaxException notAFile) {
      throw new IllegalStateException(notAFile);
    }
  }
}
