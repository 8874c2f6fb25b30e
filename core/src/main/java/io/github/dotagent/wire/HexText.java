package io.github.dotagent.wire;

/** Octets in base 16, capital letters, nothing between them (RFC 4648 §8). */
final class HexText {
  private static final String DIGITS = "0123456789ABCDEF";

  private HexText() {}

  static String of(byte[] octets) {
    StringBuilder text = new StringBuilder();
    for (byte octet : octets) {
      text.append(DIGITS.charAt(octet >> 4 & 0xf)).append(DIGITS.charAt(octet & 0xf));
    }
    return text.toString();
  }
}
