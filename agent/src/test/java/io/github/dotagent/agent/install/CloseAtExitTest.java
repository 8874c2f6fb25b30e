package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.logging.LogSettings;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseAtExitTest {
  @TempDir Path folder;

  /** What fails then fails because the agent closes what it has. */
  @Test
  void afterTheLastLineNoThreadLogs() throws IOException {
    Path file = folder.resolve("log");
    QueuedLog log = new QueuedLog(new LogSettings(Level.DEBUG, file));
    log.write(Level.WARN, "before");
    new CloseAtExit(null, null, null, null, log).run();
    log.write(
        Level.WARN, "upstream 192.0.2.53@853: Socket is closed; asked last until it answers again");
    assertEquals(
        List.of(
            "dot-agent warn before",
            "dot-agent debug the JVM is shutting down: connections are closed"),
        Files.readAllLines(file).stream()
            .map(line -> line.substring(line.indexOf("dot-agent")))
            .toList());
  }
}
