package io.github.dotagent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The time at which the settings in force were read, and the present mistakes in the files.
 * Immutable.
 */
public final class SettingsStatus {
  private final long readAtMillis;
  private final long changes;
  private final List<String> files;
  private final String problem; // null: none

  private SettingsStatus(long readAtMillis, long changes, List<String> files, String problem) {
    this.readAtMillis = readAtMillis;
    this.changes = changes;
    this.files = files;
    this.problem = problem;
  }

  /** The status of settings that were read at the start, without files to follow. */
  public static SettingsStatus atStart(long readAtMillis) {
    return new SettingsStatus(readAtMillis, 0, Collections.<String>emptyList(), null);
  }

  SettingsStatus of(Collection<Path> followed) {
    List<String> names = new ArrayList<>();
    for (Path file : followed) {
      names.add(file.toAbsolutePath().toString());
    }
    return new SettingsStatus(readAtMillis, changes, Collections.unmodifiableList(names), problem);
  }

  SettingsStatus readAt(long millis) {
    return new SettingsStatus(millis, changes, files, null);
  }

  SettingsStatus changedAt(long millis) {
    return new SettingsStatus(millis, changes + 1, files, null);
  }

  SettingsStatus with(String wrong) {
    return new SettingsStatus(readAtMillis, changes, files, wrong);
  }

  /** When the settings in force were last read and found valid: milliseconds since 1970. */
  public long readAtMillis() {
    return readAtMillis;
  }

  /** How often the settings changed since the start. */
  public long changes() {
    return changes;
  }

  /** The files that are followed, the settings file first; empty: none. */
  public List<String> files() {
    return files;
  }

  /** The reason why the settings in the files are not in force; null if they are. */
  public String problem() {
    return problem;
  }
}
