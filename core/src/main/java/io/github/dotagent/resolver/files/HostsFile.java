package io.github.dotagent.resolver.files;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.net.MappedAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * The hosts file, followed when it changes. Names are compared as glibc compares them: as they are
 * written, without regard to the case of ASCII letters. Safe for use by any number of threads.
 */
public final class HostsFile {
  /** The largest lists of names to block have some 20 MB. */
  private static final long MOST_OCTETS = 64L << 20;

  /**
   * At most this part of the heap: the content takes about as much memory as disk space, and the
   * program needs heap as well.
   */
  private static final int SHARE_OF_HEAP = 2;

  private static final int IPV4_OCTETS = 4; // RFC 791

  private static final FollowedFile.Outlook OUTLOOK =
      new FollowedFile.Outlook(
          "hosts",
          "its names are looked up like all others",
          "its previous content stays in force");

  private final FollowedFile<HostsTable> content; // null: there is none

  /**
   * @param file null: there is none, and every lookup is empty
   */
  public HostsFile(Path file, ThreadStarter threads, Timers timers, Log log) {
    this.content =
        file == null
            ? null
            : new FollowedFile<>(
                file, OUTLOOK, mostOctets(), reading(file, log), threads, timers, log);
  }

  private static long mostOctets() {
    return Math.min(MOST_OCTETS, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /** Reads the file once, for a command, within the time of {@link FollowedFile#readNow}. */
  static HostsTable readNow(Path file, Log log) throws IOException {
    return FollowedFile.readNow(file, mostOctets(), reading(file, log));
  }

  private static FollowedFile.Reading<HostsTable> reading(final Path file, final Log log) {
    return new FollowedFile.Reading<HostsTable>() {
      @Override
      public HostsTable absent() {
        return new HostsTable();
      }

      @Override
      public HostsTable read(InputStream octets) throws IOException {
        HostsLines lines = new HostsLines();
        lines.read(octets);
        if (lines.malformed() > 0) {
          log.write(
              Level.WARN, file + ": lines without an address are ignored: " + lines.malformed());
        }
        return lines.table();
      }
    };
  }

  /** Starts to read it, so that it is ready for the next name. Does not wait. */
  public void readAhead() {
    if (content != null) {
      content.readAhead();
    }
  }

  /** Waits until it has been read once. */
  public void await(WaitBudget time) throws FileNotReadException {
    if (content != null) {
      content.current(time);
    }
  }

  /**
   * The addresses of a name, in the order of the file; empty when it is not there.
   *
   * @param name as it would stand there
   * @param time the budget for waiting for the file
   */
  public List<byte[]> addresses(String name, WaitBudget time) throws FileNotReadException {
    return content == null || !HostsTable.takes(name.length())
        ? Collections.<byte[]>emptyList()
        : content.current(time).addresses(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The first name of an address, as it is written; null when it is not there. */
  public String nameOf(byte[] address, WaitBudget time) throws FileNotReadException {
    if (content == null) {
      return null;
    }
    byte[] plain = MappedAddress.unmapped(address);
    HostsTable table = content.current(time);
    byte[] name = table.nameOf(plain);
    if (name == null && plain.length == IPV4_OCTETS) {
      name = table.nameOf(MappedAddress.of(plain)); // as the file may have it
    }
    return name == null ? null : new String(name, StandardCharsets.UTF_8);
  }
}
