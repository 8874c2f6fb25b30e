package io.github.dotagent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Tells one content of a file from another without reading it: by its time, its size and its
 * identity, after all symbolic links. Immutable.
 */
final class FileStamp {
  /** Where stamps are from: the disk, or a test. */
  interface Reader {
    FileStamp of(Path file);
  }

  /** There is no such file. */
  static final FileStamp ABSENT = new FileStamp(0, -1, "absent");

  /** A pipe or a device: its content is gone once it is read, whatever its time says. */
  static final FileStamp STREAM = new FileStamp(0, -1, "stream");

  private final long modifiedMillis;
  private final long size;
  private final Object key;

  /**
   * @param modifiedMillis milliseconds since 1970
   * @param key of the file itself; null where there is none, as on Windows
   */
  FileStamp(long modifiedMillis, long size, Object key) {
    this.modifiedMillis = modifiedMillis;
    this.size = size;
    this.key = key;
  }

  /** Asks the disk, which may never answer: call it only on a thread that nothing waits for. */
  static FileStamp of(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      if (seen.isOther()) {
        return STREAM;
      }
      // nanoseconds count too: two writes of one millisecond may have the same size
      return new FileStamp(
          seen.lastModifiedTime().toMillis(),
          seen.size(),
          seen.lastModifiedTime() + " " + seen.fileKey());
    } catch (NoSuchFileException away) {
      return ABSENT;
    } catch (IOException | SecurityException unseen) {
      return new FileStamp(0, -1, unseen.toString()); // an attempt to read it has the reason
    }
  }

  boolean isAbsent() {
    return equals(ABSENT);
  }

  /** Whether it can be read only once. */
  boolean isStream() {
    return equals(STREAM);
  }

  /** Whether it was written at that moment or after it; milliseconds since 1970. */
  boolean isSince(long millis) {
    return modifiedMillis >= millis;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof FileStamp)) {
      return false;
    }
    FileStamp its = (FileStamp) other;
    return modifiedMillis == its.modifiedMillis && size == its.size && Objects.equals(key, its.key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(modifiedMillis, size, key);
  }
}
