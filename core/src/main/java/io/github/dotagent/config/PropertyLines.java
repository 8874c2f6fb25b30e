package io.github.dotagent.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * {@link Properties} that remember every line, where the JDK's keep the last of two with the same
 * key in silence. Not thread-safe.
 */
final class PropertyLines extends Properties {
  private static final long serialVersionUID = 1L;

  private final transient List<String[]> lines = new ArrayList<>();

  /** Called by {@link Properties#load(java.io.Reader)} for each line, on Java 8 to 27. */
  @Override
  public synchronized Object put(Object key, Object value) {
    lines.add(new String[] {(String) key, (String) value});
    return super.put(key, value);
  }

  /** Pairs of key and value, in the order of the file. */
  List<String[]> inOrder() {
    return lines;
  }
}
