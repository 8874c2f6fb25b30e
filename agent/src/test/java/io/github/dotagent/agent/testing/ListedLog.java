package io.github.dotagent.agent.testing;

import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.ArrayList;
import java.util.List;

/** Keeps each line with its level before it. For one thread. */
public final class ListedLog implements Log {
  public final List<String> lines = new ArrayList<>();

  @Override
  public boolean shows(Level level) {
    return true;
  }

  @Override
  public void write(Level level, String line) {
    lines.add(level + " " + line);
  }
}
