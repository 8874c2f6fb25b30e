package io.github.dotagent.logging;

import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.net.TerminalText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * Writes lines to the process's own stderr or to a file. The descriptor itself, not {@code
 * System.err}: the program may have replaced that, and a lookup made inside its replacement must
 * not come back here.
 */
public final class LineLog implements Log {
  private volatile Path file; // null: stderr
  private OutputStream out; // guarded by this; opened with the first line
  private Object opened; // guarded by this; the file that it writes to; null: not known
  private Path openedPath; // guarded by this; valid only while out is open; null: stderr
  private boolean closed; // guarded by this
  private volatile Level level;

  public LineLog(LogSettings settings) {
    this.file = settings.file().orElse(null);
    this.level = settings.level();
  }

  /** The level that is written now. */
  Level level() {
    return level;
  }

  /** From now on lines above this level are not written. */
  void setLevel(Level most) {
    level = most;
  }

  /** From now on lines are appended to this file; null: stderr. No I/O happens here. */
  void setFile(Path other) {
    file = other;
  }

  @Override
  public boolean shows(Level level) {
    return level != Level.OFF && level.compareTo(this.level) <= 0;
  }

  @Override
  public void write(Level level, String line) {
    if (!shows(level)) {
      return;
    }
    append(octetsOf(level, line));
  }

  /** The line with the current time, as it is written. */
  static byte[] octetsOf(Level level, String line) {
    String text =
        Instant.now()
            + " dot-agent "
            + level.name().toLowerCase(Locale.ROOT)
            + ' '
            + TerminalText.of(line);
    return (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Blocks until the reader of stderr, or the disk of the file, has taken the line. Uses a monitor,
   * because a stopped thread (Thread.stop) releases it.
   *
   * @param octets of one line
   */
  synchronized void append(byte[] octets) {
    if (closed) {
      return;
    }
    try {
      // one write a line, so that lines of several processes in one file stay whole
      open().write(octets);
    } catch (IOException nowhereToSayIt) {
      // a full disk or a closed stderr must not fail the program's lookup
      giveUp();
    }
  }

  /** Closes the file. Later lines are not written. */
  synchronized void close() {
    closed = true;
    giveUp();
  }

  private synchronized OutputStream open() throws IOException {
    Path wanted = file;
    if (out != null && !Objects.equals(openedPath, wanted)) {
      giveUp();
    }
    if (out != null && opened != null && !opened.equals(keyOf(wanted))) {
      giveUp(); // logrotate has renamed it, and perhaps made a new one
    }
    if (out == null) {
      openedPath = wanted;
      out =
          wanted == null
              ? new FileOutputStream(FileDescriptor.err)
              : new FileOutputStream(wanted.toFile(), true);
      opened = wanted == null ? null : keyOf(wanted);
    }
    return out;
  }

  /**
   * Identifies a file by device and inode, to tell it from a later file with the same name. Null if
   * there is no file, or if the system has no such numbers, as on Windows, where an open file
   * cannot be renamed anyway. A truncated file needs no check: each line goes to its end.
   */
  private static Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException | SecurityException notToBeSeen) {
      return null;
    }
  }

  /** The next line opens the file again; until then the program may use its descriptor. */
  private synchronized void giveUp() {
    OutputStream broken = out;
    out = null;
    opened = null;
    if (broken == null || openedPath == null) {
      return; // stderr stays open: it is the program's
    }
    try {
      broken.close();
    } catch (IOException stillBroken) {
      // close gives the descriptor back even if it fails
    }
  }
}
