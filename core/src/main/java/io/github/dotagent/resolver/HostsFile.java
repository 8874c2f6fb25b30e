package io.github.dotagent.resolver;

import io.github.dotagent.support.AddressLiteral;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The hosts file (hosts(5)): an address and its names a line. Read again when it has changed, which
 * its time and size tell. Safe for use by any number of threads.
 */
final class HostsFile {
  private static final Content EMPTY =
      new Content(
          null,
          -1,
          Collections.<String, List<byte[]>>emptyMap(),
          Collections.<String, String>emptyMap());

  private final Path file;
  private final Log log;
  private final OnceASecond look;
  private final AtomicReference<Content> content = new AtomicReference<>(EMPTY);

  /**
   * @param file null: there is none, and every lookup is empty
   */
  HostsFile(Path file, Timers timers, Log log) {
    this.file = file;
    this.look = new OnceASecond(timers);
    this.log = log;
  }

  /** The addresses of a name, in the order of the file; empty when it is not there. */
  List<byte[]> addresses(String name) {
    List<byte[]> found = current().addresses.get(name);
    return found == null ? Collections.<byte[]>emptyList() : found;
  }

  /** The first name of an address; null when it is not there. */
  String nameOf(byte[] address) {
    return current().names.get(ReverseName.of(address));
  }

  private Content current() {
    if (file == null) {
      return EMPTY;
    }
    Content known = content.get();
    boolean due = look.isDue();
    if (known != EMPTY && !due) {
      return known;
    }
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (now.lastModifiedTime().equals(known.modified) && now.size() == known.size) {
        return known;
      }
      Content read = read(now);
      content.compareAndSet(known, read);
      return read;
    } catch (IOException unreadable) {
      // a file that is away while an editor replaces it: what was known still holds
      return known;
    }
  }

  private Content read(BasicFileAttributes attributes) throws IOException {
    Map<String, List<byte[]>> addresses = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    int malformed = 0;
    try (BufferedReader lines =
        new BufferedReader(
            // any octet is a character of Latin-1: a comment in another encoding stops nothing
            new java.io.InputStreamReader(
                Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        malformed += add(line, addresses, names) ? 0 : 1;
      }
    }
    if (malformed > 0) {
      log.write(Level.WARN, file + ": lines that name no address are passed over: " + malformed);
    }
    return new Content(attributes.lastModifiedTime(), attributes.size(), addresses, names);
  }

  /** False: the line is malformed. */
  private static boolean add(
      String line, Map<String, List<byte[]>> addresses, Map<String, String> names) {
    int comment = line.indexOf('#');
    StringTokenizer words =
        new StringTokenizer(comment < 0 ? line : line.substring(0, comment), " \t\r\f");
    if (!words.hasMoreTokens()) {
      return true;
    }
    InetAddress address = AddressLiteral.parse(words.nextToken()).orElse(null);
    if (address == null) {
      return false;
    }
    byte[] octets = address.getAddress();
    while (words.hasMoreTokens()) {
      String name = words.nextToken();
      String reverse = ReverseName.of(octets);
      if (!names.containsKey(reverse)) {
        names.put(reverse, name);
      }
      List<byte[]> known = addresses.get(name.toLowerCase(Locale.ROOT));
      if (known == null) {
        known = new ArrayList<>();
        addresses.put(name.toLowerCase(Locale.ROOT), known);
      }
      known.add(octets);
    }
    return true;
  }

  /** What the file said at one moment. */
  private static final class Content {
    final FileTime modified;
    final long size;
    final Map<String, List<byte[]>> addresses;
    final Map<String, String> names;

    Content(
        FileTime modified,
        long size,
        Map<String, List<byte[]>> addresses,
        Map<String, String> names) {
      this.modified = modified;
      this.size = size;
      this.addresses = addresses;
      this.names = names;
    }
  }
}
