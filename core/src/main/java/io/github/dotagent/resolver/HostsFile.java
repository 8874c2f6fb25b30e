package io.github.dotagent.resolver;

import io.github.dotagent.support.AddressLiteral;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The hosts file (hosts(5)): an address and its names a line. Read again when it has changed, which
 * its time and size tell. Safe for use by any number of threads.
 */
final class HostsFile {
  private static final Content EMPTY =
      new Content(
          Collections.<String, List<byte[]>>emptyMap(), Collections.<String, String>emptyMap());

  private final Path file;
  private final Log log;
  private final FollowedFile<Content> content;

  /**
   * @param file null: there is none, and every lookup is empty
   */
  HostsFile(Path file, Timers timers, Log log) {
    this.file = file;
    this.log = log;
    this.content = file == null ? null : new FollowedFile<>(file, new Lines(), EMPTY, timers);
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

  /** How many names it has addresses for. */
  int size() {
    return current().addresses.size();
  }

  private Content current() {
    return content == null ? EMPTY : content.current();
  }

  private final class Lines implements FollowedFile.Reading<Content> {
    @Override
    public Content read(BufferedReader text) throws IOException {
      Content read =
          new Content(new HashMap<String, List<byte[]>>(), new HashMap<String, String>());
      int malformed = 0;
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        malformed += add(line, read.addresses, read.names) ? 0 : 1;
      }
      if (malformed > 0) {
        log.write(Level.WARN, file + ": lines that name no address are passed over: " + malformed);
      }
      return read;
    }
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

  /** What the file said at one moment; not written to once it is read. */
  private static final class Content {
    final Map<String, List<byte[]>> addresses;
    final Map<String, String> names;

    Content(Map<String, List<byte[]>> addresses, Map<String, String> names) {
      this.addresses = addresses;
      this.names = names;
    }
  }
}
