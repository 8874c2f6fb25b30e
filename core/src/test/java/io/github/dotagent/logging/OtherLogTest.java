package io.github.dotagent.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.logging.LogSettings.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose file and level change while it is written. */
class OtherLogTest {
  @TempDir Path folder;

  @Test
  void afterAChangeOfSettingsLinesGoToTheOtherFile() throws IOException {
    Path one = folder.resolve("one.log");
    Path other = folder.resolve("other.log");
    LogSettings before = new LogSettings(Level.WARN, one);
    LogSettings after = new LogSettings(Level.DEBUG, other);
    QueuedLog log = new QueuedLog(before);
    log.write(Level.WARN, "first");
    log.follow(before, after);
    log.write(Level.DEBUG, "second");
    assertTrue(Files.readString(one).endsWith("first\n"));
    assertTrue(Files.readString(other).endsWith("second\n"));
    log.follow(after, before);
    log.write(Level.WARN, "third");
    assertEquals(2, Files.readAllLines(one).size());
    assertEquals(1, Files.readAllLines(other).size());
    log.close(0);
  }

  @Test
  void aLevelSetByHandStaysUntilItsSettingChanges() {
    LogSettings before = new LogSettings(Level.WARN, null);
    QueuedLog log = new QueuedLog(before);
    log.setLevel(Level.ERROR);
    log.follow(before, new LogSettings(Level.WARN, folder.resolve("log")));
    assertEquals(Level.ERROR, log.level());
    log.follow(before, new LogSettings(Level.INFO, null));
    assertEquals(Level.INFO, log.level());
  }
}
