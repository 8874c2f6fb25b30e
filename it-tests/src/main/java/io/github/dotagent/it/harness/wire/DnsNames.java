package io.github.dotagent.it.harness.wire;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Domain names between text and wire (RFC 1035 §3.1). In text there is no dot at the end, the root
 * is {@code .}, and an octet that is not printable, a dot or a backslash within a label is {@code
 * \DDD} (RFC 1035 §5.1).
 */
public final class DnsNames {
  private static final int POINTER = 0xC0; // RFC 1035 §4.1.4
  private static final int MAX_LABEL = 63; // RFC 1035 §2.3.4
  private static final int MAX_POINTERS = 126; // more jumps than any name has labels: a loop

  private DnsNames() {}

  /** The form that names are compared in: lower case (RFC 4343), no dot at the end. */
  public static String canonical(String name) {
    return withoutFinalDot(name.toLowerCase(Locale.ROOT));
  }

  private static String withoutFinalDot(String name) {
    return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** The name above: {@code b.c} of {@code a.b.c}; the root of the root. */
  public static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 || dot == name.length() - 1 ? "." : name.substring(dot + 1);
  }

  /** The name that a reverse lookup of an address asks for (RFC 1035 §3.5, RFC 3596 §2.5). */
  public static String reverse(InetAddress address) {
    byte[] octets = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = octets.length - 1; i >= 0; i--) {
      if (octets.length == 4) {
        name.append(octets[i] & 0xFF).append('.');
      } else {
        name.append(String.format("%x.%x.", octets[i] & 0xF, (octets[i] >> 4) & 0xF));
      }
    }
    return name + (octets.length == 4 ? "in-addr.arpa" : "ip6.arpa");
  }

  /** Uncompressed wire form. */
  public static byte[] encode(String name) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    if (!name.equals(".")) {
      for (String label : withoutFinalDot(name).split("\\.", -1)) {
        byte[] octets = labelOctets(label);
        if (octets.length == 0 || octets.length > MAX_LABEL) {
          throw new IllegalArgumentException("not a domain name: " + name);
        }
        wire.write(octets.length);
        wire.writeBytes(octets);
      }
    }
    wire.write(0);
    return wire.toByteArray();
  }

  /** The reverse of {@link #encode}: a whole uncompressed name, such as the data of a CNAME. */
  public static String decode(byte[] wire) {
    try {
      return read(ByteBuffer.wrap(wire));
    } catch (MalformedMessage notAName) {
      throw new IllegalArgumentException(notAName);
    }
  }

  private static byte[] labelOctets(String label) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < label.length(); i++) {
      if (label.charAt(i) == '\\') {
        octets.write(Integer.parseInt(label.substring(i + 1, i + 4)));
        i += 3;
      } else {
        octets.write(label.charAt(i));
      }
    }
    return octets.toByteArray();
  }

  /**
   * Reads a name at the message's position, which ends behind it; pointers are followed.
   *
   * @throws MalformedMessage when it runs out of the message or in a circle
   */
  public static String read(ByteBuffer message) throws MalformedMessage {
    StringBuilder name = new StringBuilder();
    ByteBuffer at = message;
    int jumps = 0;
    while (true) {
      int length = octet(at);
      if (length == 0) {
        return name.length() == 0 ? "." : name.substring(0, name.length() - 1);
      }
      if ((length & POINTER) == POINTER) {
        int target = (length & ~POINTER) << 8 | octet(at);
        if (++jumps > MAX_POINTERS || target >= message.limit()) {
          throw new MalformedMessage("name pointer to " + target);
        }
        at = message.duplicate().position(target);
      } else {
        readLabel(at, length, name);
      }
    }
  }

  private static void readLabel(ByteBuffer at, int length, StringBuilder name)
      throws MalformedMessage {
    for (int i = 0; i < length; i++) {
      int octet = octet(at);
      boolean plain = octet > ' ' && octet < 0x7F && octet != '.' && octet != '\\';
      name.append(plain ? String.valueOf((char) octet) : String.format("\\%03d", octet));
    }
    name.append('.');
  }

  private static int octet(ByteBuffer at) throws MalformedMessage {
    if (!at.hasRemaining()) {
      throw new MalformedMessage("message ends within a name");
    }
    return at.get() & 0xFF;
  }
}
