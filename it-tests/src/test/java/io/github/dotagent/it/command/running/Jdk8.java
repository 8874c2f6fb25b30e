package io.github.dotagent.it.command.running;

import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.install.ThirdParty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Adds to a JRE of Java 8 the parts of a JDK that attaching needs. */
public final class Jdk8 {
  private Jdk8() {}

  /**
   * That Java itself when it is a JDK's, else one that is laid out as a JDK, in the folder.
   *
   * @param folder where it may be made; on the same disk, if there is to be no copy
   */
  public static JavaHome of(JavaHome java, Path folder) {
    List<Path> tools =
        List.of(java.folder().resolve("lib/tools.jar"), java.folder().resolve("../lib/tools.jar"));
    if (tools.stream().anyMatch(Files::exists)) {
      return java;
    }
    Path jre = folder.resolve("jre");
    try {
      if (!Files.exists(jre)) {
        copy(java.folder(), jre);
        Files.createDirectories(folder.resolve("lib"));
        Files.copy(ThirdParty.jar("tools-8"), folder.resolve("lib/tools.jar"));
      }
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    return new JavaHome(jre, java.major());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path source : all.toList()) {
        Path target = to.resolve(from.relativize(source));
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          linkOrCopy(source.toRealPath(), target);
        }
      }
    }
  }

  private static void linkOrCopy(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (IOException | UnsupportedOperationException otherDisk) {
      Files.copy(source, target);
    }
  }
}
