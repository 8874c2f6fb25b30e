package io.github.dotagent.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.testing.RealThreads;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LineLogTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z ";

  @TempDir Path folder;

  private LineLog logTo(Path file, Level level) {
    return new LineLog(new LogSettings(level, file));
  }

  /** The lines of the file without the time at their beginning. */
  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      assertTrue(line.matches(TIME + ".*"), line);
      lines.add(line.replaceFirst(TIME, ""));
    }
    return lines;
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, ''",
    "ERROR, error",
    "WARN, error warn",
    "INFO, error warn info",
    "DEBUG, error warn info debug"
  })
  void writesItsLevelAndMoreSevereOnes(Level level, String written) throws IOException {
    Path file = Files.createFile(folder.resolve("log"));
    LineLog log = logTo(file, level);
    List<String> expected = new ArrayList<>();
    for (Level each : List.of(Level.OFF, Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG)) {
      String name = each.name().toLowerCase(Locale.ROOT);
      boolean shown = List.of(written.split(" ", -1)).contains(name);
      assertEquals(shown, log.shows(each), each.name());
      log.write(each, "a line");
      if (shown) {
        expected.add("dot-agent " + name + " a line");
      }
    }
    assertEquals(expected, lines(file));
  }

  @Test
  void linesAreAppendedToTheFile() throws IOException {
    Path file = folder.resolve("log");
    logTo(file, Level.INFO).write(Level.INFO, "of the first JVM");
    LineLog log = logTo(file, Level.INFO);
    log.write(Level.INFO, "of the second");
    log.write(Level.WARN, "and on");
    assertEquals(
        List.of(
            "dot-agent info of the first JVM",
            "dot-agent info of the second",
            "dot-agent warn and on"),
        lines(file));
  }

  /** As logrotate does it with {@code create}: the file of that name is another. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void afterARenameLinesGoToANewFile() throws IOException {
    Path file = folder.resolve("log");
    Path old = folder.resolve("log.1");
    LineLog log = logTo(file, Level.INFO);
    log.write(Level.INFO, "before");
    Files.move(file, old);
    log.write(Level.INFO, "after");
    Files.move(file, folder.resolve("log.2"));
    Files.createFile(file);
    log.write(Level.INFO, "and on");
    assertEquals(List.of("dot-agent info before"), lines(old));
    assertEquals(List.of("dot-agent info after"), lines(folder.resolve("log.2")));
    assertEquals(List.of("dot-agent info and on"), lines(file));
  }

  @Test
  void linesContinueInATruncatedFile() throws IOException {
    Path file = folder.resolve("log");
    LineLog log = logTo(file, Level.INFO);
    log.write(Level.INFO, "copied elsewhere");
    Files.newByteChannel(file, StandardOpenOption.WRITE).truncate(0).close();
    log.write(Level.INFO, "after");
    assertEquals(List.of("dot-agent info after"), lines(file));
  }

  @Test
  void theLevelCanBeChanged() throws IOException {
    Path file = folder.resolve("log");
    LineLog log = logTo(file, Level.WARN);
    log.write(Level.DEBUG, "not shown");
    log.setLevel(Level.DEBUG);
    assertEquals(Level.DEBUG, log.level());
    log.write(Level.DEBUG, "shown");
    log.setLevel(Level.OFF);
    log.write(Level.ERROR, "not shown");
    assertEquals(List.of("dot-agent debug shown"), lines(file));
  }

  @Test
  void theFileIsCreatedWithTheFirstLine() {
    Path file = folder.resolve("log");
    LineLog log = logTo(file, Level.WARN);
    log.write(Level.INFO, "not shown");
    assertFalse(Files.exists(file));
    log.write(Level.WARN, "shown");
    assertTrue(Files.exists(file));
  }

  @Test
  void lineBreaksAndControlCharactersAreEscaped() throws IOException {
    Path file = folder.resolve("log");
    logTo(file, Level.INFO).write(Level.INFO, "one\ntwo\r\nthree\u202efour é");
    assertEquals(
        List.of("dot-agent info one\\010two\\013\\010three\\226\\128\\174four é"), lines(file));
  }

  @Test
  void linesOfManyThreadsStayWhole() throws Exception {
    Path file = folder.resolve("log");
    LineLog log = logTo(file, Level.INFO);
    RealThreads threads = new RealThreads();
    String text = "x".repeat(1000);
    for (int i = 0; i < 8; i++) {
      threads.start(
          "writer-" + i,
          () -> {
            for (int line = 0; line < 100; line++) {
              log.write(Level.INFO, text);
            }
          });
    }
    threads.join();
    List<String> lines = lines(file);
    assertEquals(800, lines.size());
    assertEquals(List.of("dot-agent info " + text), lines.stream().distinct().toList());
  }

  @Test
  void aLineIsLostWhileTheFolderIsMissing() throws IOException {
    Path missing = folder.resolve("missing");
    Path file = missing.resolve("log");
    LineLog log = logTo(file, Level.INFO);
    log.write(Level.INFO, "lost");
    assertFalse(Files.exists(file));
    Files.createDirectory(missing);
    log.write(Level.INFO, "written");
    assertEquals(List.of("dot-agent info written"), lines(file));
  }

  @Test
  void aFolderInPlaceOfTheFileLosesTheLineWithoutAnException() throws IOException {
    LineLog log = logTo(folder, Level.INFO);
    log.write(Level.INFO, "lost");
    assertEquals(0, folder.toFile().list().length);
  }

  /** A full disk: each line that fails must give its descriptor back, or the program runs out. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskLosesLinesWithoutADescriptorLeak() throws IOException {
    Path full = Path.of("/dev/full");
    LineLog log = logTo(full, Level.INFO);
    for (int i = 0; i < 100; i++) {
      log.write(Level.INFO, "lost");
    }
    int open = 0;
    for (File descriptor : new File("/proc/self/fd").listFiles()) {
      open += full.equals(targetOf(descriptor.toPath())) ? 1 : 0;
    }
    assertTrue(open <= 1, open + " descriptors of /dev/full are open");
  }

  /** The file is opened anew: its disk may be another by now. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void afterAFailedLineTheNextLineOpensTheFileAgain() throws IOException {
    Path file = Files.createSymbolicLink(folder.resolve("log"), Path.of("/dev/full"));
    LineLog log = logTo(file, Level.INFO);
    log.write(Level.INFO, "lost");
    Files.delete(file);
    log.write(Level.INFO, "written");
    assertEquals(List.of("dot-agent info written"), lines(file));
  }

  private static Path targetOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException closedMeanwhile) {
      return null;
    }
  }
}
