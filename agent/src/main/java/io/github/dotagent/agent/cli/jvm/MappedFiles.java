package io.github.dotagent.agent.cli.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a process has in its memory: {@code maps} under {@code /proc}, proc(5). */
final class MappedFiles {
  /** HotSpot's and OpenJ9's, under any launcher. */
  private static final String LIBRARY = "/libjvm.so";

  /**
   * The file of the JDK's classes, from Java 9 on: some launchers contain the JVM (JDK-8339480), so
   * there is no libjvm. Matched at the end of a path, because the kernel has a folder of that name
   * for its modules.
   */
  private static final String CLASSES = "/lib/modules";

  /** Behind the path of a file that was removed or replaced, proc(5). */
  private static final String DELETED = " (deleted)";

  private MappedFiles() {}

  /** Whether the process is known to have a JVM. */
  static boolean haveJvm(Path folder) throws IOException {
    try (BufferedReader lines = open(folder)) {
      return holdJvm(lines, lines.readLine());
    }
  }

  /** Whether the process is known to have no JVM; false if that is unknown. */
  static boolean lackJvm(Path folder) {
    try (BufferedReader lines = open(folder)) {
      String first = lines.readLine();
      return first != null && !holdJvm(lines, first);
    } catch (IOException notTold) {
      return false; // another user's, in a container without CAP_SYS_PTRACE
    }
  }

  /** One line after the other: a process may have 65,530 of them, each as long as a path may be. */
  private static BufferedReader open(Path folder) throws IOException {
    return Files.newBufferedReader(folder.resolve("maps"), StandardCharsets.ISO_8859_1);
  }

  private static boolean holdJvm(BufferedReader lines, String first) throws IOException {
    for (String line = first; line != null; line = lines.readLine()) {
      if (line.contains(LIBRARY) || line.endsWith(CLASSES) || line.endsWith(CLASSES + DELETED)) {
        return true;
      }
    }
    return false;
  }
}
