package io.github.dotagent.config;

import io.github.dotagent.net.AddressLiteral;
import java.net.InetAddress;
import java.util.Optional;

/** The zone that a user means who writes addresses: {@code 10.0.0.0/8}, {@code fd00::}. */
final class ReverseZoneText {
  private static final String HEX = "0123456789abcdef";

  /** RFC 1035 §3.5: a label is an octet. */
  private static final int BITS_OF_IPV4_LABEL = 8;

  /** RFC 3596 §2.5: a label is half of one. */
  private static final int BITS_OF_IPV6_LABEL = 4;

  private ReverseZoneText() {}

  /** Whether it is an address, or a block of them. */
  static boolean isOfAddresses(String text) {
    return address(text).isPresent();
  }

  /**
   * The reverse zone (RFC 1035 §3.5, RFC 3596 §2.5); without a length that of the address up to its
   * last part that is not zero. Null: one zone cannot have just these.
   */
  static String nearest(String text) {
    byte[] octets = address(text).get().getAddress();
    int bitsOfLabel = octets.length == 4 ? BITS_OF_IPV4_LABEL : BITS_OF_IPV6_LABEL;
    int slash = text.indexOf('/');
    int bits =
        slash < 0 ? bitsInUse(octets, bitsOfLabel) : CountText.port(text.substring(slash + 1));
    if (bits == 0 || bits > octets.length * 8 || bits % bitsOfLabel != 0) {
      return null;
    }
    StringBuilder zone = new StringBuilder();
    for (int label = bits / bitsOfLabel - 1; label >= 0; label--) {
      zone.append(label(octets, label, bitsOfLabel)).append('.');
    }
    return zone.append(octets.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
  }

  private static Optional<InetAddress> address(String text) {
    int slash = text.indexOf('/');
    String bare = slash < 0 ? text : text.substring(0, slash);
    return AddressLiteral.parse(bare.replace("[", "").replace("]", ""));
  }

  private static int bitsInUse(byte[] octets, int bitsOfLabel) {
    int labels = octets.length * 8 / bitsOfLabel;
    while (labels > 0 && label(octets, labels - 1, bitsOfLabel).equals("0")) {
      labels--;
    }
    return labels * bitsOfLabel;
  }

  private static String label(byte[] octets, int label, int bitsOfLabel) {
    if (bitsOfLabel == BITS_OF_IPV4_LABEL) {
      return Integer.toString(octets[label] & 0xff);
    }
    int octet = octets[label / 2] & 0xff;
    int half = label % 2 == 0 ? octet >> 4 : octet & 0xf;
    return HEX.substring(half, half + 1);
  }
}
