package io.github.dotagent.it.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The actions and their times since the start, to understand a failure. Thread-safe. */
final class ChaosLog implements AutoCloseable {
  private final long begun = System.nanoTime();
  private final BufferedWriter file;

  ChaosLog(Path file) throws IOException {
    this.file = Files.newBufferedWriter(file);
  }

  synchronized void add(String what) {
    String line = String.format(Locale.ROOT, "%8.3f %s", (System.nanoTime() - begun) / 1e9, what);
    try {
      file.write(line);
      file.newLine();
      file.flush();
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
