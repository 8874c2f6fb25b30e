package io.github.dotagent.it.harness.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads one stream of a child on a thread of its own, so that the child never blocks on a full
 * pipe. Thread-safe; lines are handed out once, in order.
 */
final class DrainedStream {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Lines not yet handed out; an empty one at the end of the stream. */
  private final BlockingQueue<Optional<String>> unread = new LinkedBlockingQueue<>();

  private final Thread reader;

  DrainedStream(InputStream stream, String name) {
    reader = new Thread(() -> drain(stream), name);
    reader.setDaemon(true);
    reader.start();
  }

  /** All lines so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The next line; empty at the end of the stream or when the time is over. */
  Optional<String> next(Duration within) throws InterruptedException {
    Optional<String> line = unread.poll(within.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      return Optional.empty();
    }
    if (line.isEmpty()) {
      unread.add(line); // the end stays the end
    }
    return line;
  }

  /** Waits for the stream's end, no longer than given. */
  void join(Duration within) throws InterruptedException {
    reader.join(within.toMillis());
  }

  private void drain(InputStream stream) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        unread.add(Optional.of(line));
      }
    } catch (IOException closedByAKill) {
      // The child is gone; what it printed is kept.
    } finally {
      unread.add(Optional.empty());
    }
  }
}
