package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Java with a few modules, as {@code jlink} makes it. */
public final class JlinkImage {
  private static final int SECONDS = 60; // it takes five

  private JlinkImage() {}

  /**
   * The image's folder, new in the one given; with what TLS needs besides the modules. The test is
   * skipped where this Java has no jlink.
   */
  public static Path of(JavaHome java, Path modulePath, Path folder, String... modules) {
    String all = String.join(",", modules) + (java.major() < 22 ? ",jdk.crypto.ec" : "");
    return ofExactly(java, modulePath, folder, all);
  }

  /** With those modules alone, comma-separated, and what they require. */
  static Path ofExactly(JavaHome java, Path modulePath, Path folder, String all) {
    Path jlink = java.folder().resolve("bin").resolve("jlink");
    Assumptions.assumeTrue(Files.isExecutable(jlink), java + " has no jlink");
    Path image = folder.resolve("image");
    try {
      Process linking =
          new ProcessBuilder(
                  jlink.toString(),
                  "-p",
                  modulePath.toString(),
                  "--add-modules",
                  all,
                  "--output",
                  image.toString())
              .redirectErrorStream(true)
              .start();
      linking.getOutputStream().close();
      String said = new String(linking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!linking.waitFor(SECONDS, TimeUnit.SECONDS) || linking.exitValue() != 0) {
        throw new IllegalStateException("jlink: " + said);
      }
      return image;
    } catch (IOException cannotRun) {
      throw new UncheckedIOException(cannotRun);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }
}
