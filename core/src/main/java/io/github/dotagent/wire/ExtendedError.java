package io.github.dotagent.wire;

import java.nio.charset.StandardCharsets;

/** The extended DNS error of a response (RFC 8914): why a server could not answer, for people. */
final class ExtendedError {
  /** RFC 8914 §2: the option code. */
  private static final int OPTION = 15;

  /** RFC 8914 §2: the octets of the error's code, before the text. */
  private static final int CODE = 2;

  /** A text longer than this is cut: it goes into a one-line message, and a server chose it. */
  private static final int LONGEST_TEXT = 200;

  private ExtendedError() {}

  /** Code and text in one line; empty when the response has none. */
  static String textOf(DnsMessage message) throws ResponseException {
    byte[] error = message.option(OPTION);
    if (error == null || error.length < CODE) {
      return "";
    }
    int code = (error[0] & 0xff) << 8 | error[1] & 0xff;
    int end = error.length;
    if (end > CODE && error[end - 1] == 0) {
      end--; // RFC 8914 §2: it should not end with a NUL, and may
    }
    String text = new String(error, CODE, end - CODE, StandardCharsets.UTF_8);
    return "EDE " + code + (text.isEmpty() ? "" : ": " + printable(text));
  }

  private static String printable(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST_TEXT; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line.toString();
  }
}
