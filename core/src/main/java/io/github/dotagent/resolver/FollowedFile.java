package io.github.dotagent.resolver;

import io.github.dotagent.support.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A text file of the system's, read again when it has changed, which its time and size tell; looked
 * at once a second. Safe for use by any number of threads.
 *
 * @param <T> what is read out of it; immutable
 */
final class FollowedFile<T> {
  /** Makes something of the file's text. */
  interface Reading<T> {
    T read(BufferedReader text) throws IOException;
  }

  private final Path file;
  private final Reading<T> reading;
  private final T absent;
  private final OnceASecond look;
  private volatile Content<T> content;

  /**
   * @param absent what holds while there has never been such a file
   */
  FollowedFile(Path file, Reading<T> reading, T absent, Timers timers) {
    this.file = file;
    this.reading = reading;
    this.absent = absent;
    this.look = new OnceASecond(timers);
  }

  T current() {
    Content<T> known = content;
    if (!look.isDue() && known != null) {
      return known.value;
    }
    T last = known == null ? absent : known.value;
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (known != null && known.isOf(now)) {
        return last;
      }
      T read = read();
      content = new Content<>(read, now.lastModifiedTime(), now.size());
      return read;
    } catch (IOException awayOrUnreadable) {
      // perhaps an editor is replacing it: what was known still holds
      content = new Content<>(last, null, -1);
      return last;
    }
  }

  private T read() throws IOException {
    try (BufferedReader text = open(file)) {
      return reading.read(text);
    }
  }

  /** Any octet is a character of Latin-1: a comment in another encoding stops nothing. */
  static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1));
  }

  /** What the file said at one moment. */
  private static final class Content<T> {
    final T value;
    final FileTime modified;
    final long size;

    Content(T value, FileTime modified, long size) {
      this.value = value;
      this.modified = modified;
      this.size = size;
    }

    boolean isOf(BasicFileAttributes attributes) {
      return attributes.lastModifiedTime().equals(modified) && attributes.size() == size;
    }
  }
}
