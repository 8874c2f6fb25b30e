package io.github.dotagent.testing;

import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every line of every level, as {@code LEVEL line}. */
public final class RecordedLog implements Log {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public boolean shows(Level level) {
    return true;
  }

  @Override
  public void write(Level level, String line) {
    lines.add(level + " " + line);
  }

  public List<String> lines() {
    return lines;
  }
}
