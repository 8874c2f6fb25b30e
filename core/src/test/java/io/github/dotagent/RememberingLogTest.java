package io.github.dotagent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingLogTest {
  private final RecordedLog written = new RecordedLog();
  private final RecentErrors errors = new RecentErrors();
  private final RememberingLog log = new RememberingLog(written, errors, new ManualTimers());

  @Test
  void warningsAreRemembered() {
    log.write(Level.INFO, "started");
    log.write(Level.WARN, "away");
    assertEquals(List.of("INFO started", "WARN away"), written.lines());
    assertEquals(1, errors.newestFirst().size());
  }

  /** The end closes the connections, and each says that it was lost. */
  @Test
  void failuresAtTheEndOfTheJvmAreNotRemembered() {
    log.end();
    log.write(
        Level.WARN, "upstream 192.0.2.1@853: Socket is closed; asked last until it answers again");
    assertFalse(log.shows(Level.ERROR));
    assertEquals(List.of(), written.lines());
    assertEquals(List.of(), errors.newestFirst());
  }
}
