package io.github.dotagent.wire;

import java.io.ByteArrayOutputStream;

/**
 * Domain names as octets (RFC 1035 §3.1, §4.1.4) and as text. Text is without the dot at its end,
 * and what is no plain character is escaped as in a zone file (RFC 1035 §5.1), so that no label can
 * pass for two.
 */
final class DomainName {
  private static final int LONGEST = 255; // octets, RFC 1035 §2.3.4
  private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4
  private static final int POINTER = 0xc0; // the two bits of a compression pointer, RFC 1035 §4.1.4
  private static final int FIRST_PRINTABLE = 0x21; // behind the blank
  private static final int LAST_PRINTABLE = 0x7e;

  /** What means something in a zone file. */
  private static final String SPECIAL = "\"().;\\@$";

  private DomainName() {}

  /**
   * @throws IllegalArgumentException when the text is no domain name
   */
  static byte[] encode(String name) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(name.length() + 2);
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      if (end == start || end - start > LONGEST_LABEL) {
        throw new IllegalArgumentException("not a domain name: " + name);
      }
      octets.write(end - start);
      for (int i = start; i < end; i++) {
        char c = name.charAt(i);
        if (c < FIRST_PRINTABLE || c > LAST_PRINTABLE) {
          throw new IllegalArgumentException("not a domain name: " + name);
        }
        octets.write(c);
      }
      start = end + 1;
    }
    octets.write(0);
    if (octets.size() > LONGEST) {
      throw new IllegalArgumentException("not a domain name: " + name);
    }
    return octets.toByteArray();
  }

  /**
   * The name at the reader's position, which is behind it afterwards.
   *
   * @throws ResponseException when there is none
   */
  static String read(Octets in) throws ResponseException {
    StringBuilder name = new StringBuilder();
    Octets from = in;
    int length = 1; // of the whole name; its end is one octet
    int start = in.position(); // pointers lead to before this: that ends every circle
    for (int first = from.u8(); first != 0; first = from.u8()) {
      if (first >= POINTER) {
        int target = (first & ~POINTER) << 8 | from.u8();
        if (target >= start) {
          throw Octets.malformed();
        }
        start = target;
        from = new Octets(in.message(), target);
        continue;
      }
      length += 1 + first;
      if (first > LONGEST_LABEL || length > LONGEST) {
        throw Octets.malformed();
      }
      if (name.length() > 0) {
        name.append('.');
      }
      for (int i = 0; i < first; i++) {
        append(name, from.u8());
      }
    }
    return name.length() == 0 ? "." : name.toString();
  }

  private static void append(StringBuilder name, int octet) {
    if (octet < FIRST_PRINTABLE || octet > LAST_PRINTABLE) {
      name.append('\\').append((char) ('0' + octet / 100));
      name.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
    } else {
      if (SPECIAL.indexOf(octet) >= 0) {
        name.append('\\');
      }
      name.append((char) octet);
    }
  }
}
