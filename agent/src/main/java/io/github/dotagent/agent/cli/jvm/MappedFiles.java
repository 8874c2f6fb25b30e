package io.github.dotagent.agent.cli.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that a process has in its memory: {@code maps} under {@code /proc}, proc(5). */
final class MappedFiles {
  /** HotSpot's and OpenJ9's, under any launcher. */
  private static final String LIBRARY = "/libjvm.so";

  /** The JDK's classes from Java 9 on, where the launcher itself holds the JVM (JDK-8339480). */
  private static final String CLASSES = "/lib/modules";

  private MappedFiles() {}

  /** Whether there is known to be a JVM in it. */
  static boolean haveJvm(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("maps"), StandardCharsets.ISO_8859_1);
    for (String line : lines) {
      if (line.contains(LIBRARY) || line.contains(CLASSES)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is known to be no JVM in it; false where that is not told. */
  static boolean lackJvm(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("maps"), StandardCharsets.ISO_8859_1);
      for (String line : lines) {
        // a file that was replaced on disk has " (deleted)" behind it
        if (line.contains(LIBRARY) || line.contains(CLASSES)) {
          return false;
        }
      }
      return !lines.isEmpty();
    } catch (IOException notTold) {
      return false; // another user's, in a container without CAP_SYS_PTRACE
    }
  }
}
