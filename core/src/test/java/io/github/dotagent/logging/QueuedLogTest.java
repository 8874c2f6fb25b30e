package io.github.dotagent.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.testing.RealThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueuedLogTest {
  private static final long PLENTY = TimeUnit.SECONDS.toNanos(30);

  @TempDir Path folder;

  /** Threads that start when the test says so; until then the log is blocked. */
  private final List<Runnable> threads = new ArrayList<>();

  private final List<String> roles = new ArrayList<>();
  private Path file;
  private QueuedLog log;

  @BeforeEach
  void toAFile() {
    file = folder.resolve("log");
    log = new QueuedLog(new LogSettings(Level.INFO, file));
  }

  private void queue() {
    log.queue(
        (role, work) -> {
          roles.add(role);
          threads.add(work);
        });
  }

  private void startThread() {
    new RealThreads().start("log", threads.remove(0));
  }

  private List<String> written() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      texts.add(line.substring(line.indexOf(" dot-agent ") + 1));
    }
    return texts;
  }

  @Test
  void beforeTheProgramStartsTheCallerWritesTheLine() throws IOException {
    log.write(Level.WARN, "refused");
    assertEquals(List.of("dot-agent warn refused"), written());
  }

  @Test
  void onceQueuedOnlyTheLogsThreadWrites() throws IOException {
    queue();
    log.write(Level.INFO, "first");
    log.write(Level.WARN, "second");
    log.write(Level.DEBUG, "not shown");
    assertFalse(Files.exists(file), "the caller is not held up");
    assertEquals(List.of("log"), roles, "one, and with the first line");
    startThread();
    log.flush(PLENTY);
    assertEquals(List.of("dot-agent info first", "dot-agent warn second"), written());
    log.write(Level.INFO, "third");
    log.flush(PLENTY);
    assertEquals("dot-agent info third", written().get(2));
    assertEquals(List.of("log"), roles);
  }

  @Test
  void withoutALineNoThreadStarts() {
    queue();
    log.write(Level.DEBUG, "not shown");
    log.flush(PLENTY);
    assertEquals(List.of(), roles);
  }

  @Test
  void droppedLinesAreCounted() throws IOException {
    queue();
    for (int i = 0; i < QueuedLog.CAPACITY + 5; i++) {
      log.write(Level.INFO, "line " + i);
    }
    startThread();
    log.flush(PLENTY);
    log.write(Level.INFO, "after it");
    log.flush(PLENTY);
    List<String> written = written();
    int last = QueuedLog.CAPACITY - 1;
    assertEquals(QueuedLog.CAPACITY + 2, written.size());
    assertEquals("dot-agent info line 0", written.get(0));
    assertEquals(
        List.of(
            "dot-agent info line " + last,
            "dot-agent warn 5 lines were dropped: the log was too slow for them",
            "dot-agent info after it"),
        written.subList(last, written.size()));
  }

  @Test
  void afterAFullQueueAMissingThreadIsStartedAgain() throws IOException {
    queue();
    for (int i = 0; i <= QueuedLog.CAPACITY; i++) {
      log.write(Level.INFO, "line");
    }
    assertEquals(List.of("log", "log"), roles);
    threads.remove(0);
    startThread();
    log.flush(PLENTY);
    assertEquals(QueuedLog.CAPACITY + 1, written().size());
  }

  @Test
  void flushGivesUpOnALogThatHangs() {
    queue();
    log.write(Level.INFO, "never written");
    log.flush(TimeUnit.MILLISECONDS.toNanos(1));
    assertFalse(Files.exists(file));
  }

  @Test
  void closeWritesTheQueuedLinesAndEndsTheThread() throws Exception {
    queue();
    log.write(Level.INFO, "last");
    Thread writer = new Thread(threads.remove(0));
    writer.start();
    log.close(PLENTY);
    writer.join();
    log.write(Level.WARN, "too late");
    assertEquals(List.of("dot-agent info last"), written());
    assertEquals(List.of("log"), roles);
  }

  @Test
  void aLineAfterCloseStartsNoThread() {
    queue();
    log.close(PLENTY);
    log.write(Level.WARN, "too late");
    assertEquals(List.of(), roles);
    assertFalse(Files.exists(file));
  }

  @Test
  void flushWaitsForQueuedLinesAlthoughInterrupted() throws IOException {
    queue();
    log.write(Level.INFO, "last");
    startThread();
    Thread.currentThread().interrupt();
    log.flush(PLENTY);
    assertTrue(Thread.interrupted());
    assertEquals(List.of("dot-agent info last"), written());
  }
}
