package io.github.dotagent.resolver.files;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.MappedAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the lines of a hosts file (hosts(5)): an address and its names, split as in glibc. Octets
 * are not decoded, because names may be in UTF-8. A line may have any length, because it is never
 * kept as a whole. For one file and one thread.
 */
final class HostsLines {
  /** Several times a file system's usual block: fewer calls, and still little heap. */
  private static final int BUFFER = 16_384;

  /** No address is longer in any of its forms (RFC 4291 §2.2). */
  private static final int LONGEST_ADDRESS = 100;

  private static final int IPV4_OCTETS = 4; // RFC 791

  private final HostsTable table = new HostsTable();
  private int malformed;

  private byte[] word = new byte[64]; // grows to the longest word that is kept
  private int length; // of the word; still counted if the word is too long to be kept

  private String lastText =
      ""; // of the last address that was read, because many lines have the same
  private byte[] lastOctets;

  private byte[] address; // of the line; null: it has not been read yet
  private boolean passedOver; // the rest of the line: a comment, or behind no address

  /** Reads to the end. */
  void read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      take(buffer, count);
    }
    endOfWord();
  }

  HostsTable table() {
    return table;
  }

  /** Lines that do not begin with an address. */
  int malformed() {
    return malformed;
  }

  /**
   * Copies whole words, and not single octets: a file may have millions of them, and a young JVM is
   * slow.
   */
  private void take(byte[] octets, int count) {
    int i = 0;
    while (i < count) {
      int start = i;
      if (passedOver) {
        while (i < count && octets[i] != '\n') {
          i++;
        }
      } else {
        while (i < count && isOfWord(octets[i])) {
          i++;
        }
        append(octets, start, i);
      }
      if (i < count) {
        endOfWord();
        endsWord(octets[i]);
        i++;
      }
    }
  }

  private static boolean isOfWord(byte octet) {
    return (octet > ' ' || octet < 0 || octet > 0 && octet < '\t' || octet > '\r' && octet < ' ')
        && octet != '#';
  }

  private void endsWord(byte octet) {
    if (octet == '\n') {
      address = null;
      passedOver = false;
    } else if (octet == '#' || octet == 0) { // C takes a NUL for the end of the line
      passedOver = true;
    }
  }

  private void append(byte[] octets, int start, int end) {
    int count = end - start;
    if (HostsTable.takes(length + count)) {
      if (length + count > word.length) {
        word = Arrays.copyOf(word, 2 * (length + count));
      }
      System.arraycopy(octets, start, word, length, count);
    }
    length += count;
  }

  private void endOfWord() {
    if (length == 0) {
      return;
    }
    if (address == null) {
      address = octetsOf();
      passedOver = address == null;
      malformed += passedOver ? 1 : 0;
    } else if (HostsTable.takes(length)) {
      table.add(address, word, length);
    }
    length = 0;
  }

  /** Null when the word is no address. */
  private byte[] octetsOf() {
    if (length > LONGEST_ADDRESS) {
      return null;
    }
    String text = new String(word, 0, length, StandardCharsets.ISO_8859_1);
    if (!text.equals(lastText)) {
      // glibc takes none with a zone (fe80::1%lo0)
      InetAddress parsed = text.indexOf('%') >= 0 ? null : AddressLiteral.parse(text).orElse(null);
      lastText = text;
      boolean six = text.indexOf(':') >= 0;
      lastOctets = parsed == null ? null : six ? mapped(parsed.getAddress()) : parsed.getAddress();
    }
    return lastOctets;
  }

  /** {@code ::ffff:a.b.c.d} stays an IPv6 address; the JDK would make an IPv4 address of it. */
  private static byte[] mapped(byte[] address) {
    return address.length == IPV4_OCTETS ? MappedAddress.of(address) : address;
  }
}
