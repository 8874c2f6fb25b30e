package io.github.dotagent.config;

import java.util.ArrayList;
import java.util.List;

/**
 * All mistakes in the settings of one start, so that a pod need not start once for each mistake.
 * Not thread-safe.
 */
final class Mistakes {
  private final List<ConfigException> found = new ArrayList<>();
  private final boolean[] wrong = new boolean[SettingKey.values().length];

  boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * One more. It is left out when it does nothing but follow from one that is there: where {@code
   * pins} cannot be read, {@code auth=pins} does not lack pins.
   */
  void add(ConfigException mistake) {
    boolean follows = false;
    for (SettingKey other : mistake.besides()) {
      follows |= wrong[other.ordinal()];
    }
    if (!follows) {
      found.add(mistake);
    }
    if (mistake.key() != null) {
      wrong[mistake.key().ordinal()] = true;
    }
  }

  boolean concerns(SettingKey key) {
    return wrong[key.ordinal()];
  }

  void addAll(Mistakes others) {
    for (ConfigException mistake : others.found) {
      add(mistake);
    }
  }

  /** The one there is, or one that tells them all, a line each. There must be one. */
  ConfigException together() {
    if (found.size() == 1) {
      return found.get(0);
    }
    List<String> lines = new ArrayList<>();
    for (ConfigException mistake : found) {
      if (!lines.contains(mistake.getMessage())) {
        lines.add(mistake.getMessage());
      }
    }
    return ConfigException.ofAll(lines, found.get(0));
  }
}
