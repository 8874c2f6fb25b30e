package io.github.dotagent.logging;

import java.nio.charset.StandardCharsets;

/** Text that a server chose, fit for a terminal or a log: it moves no cursor and adds no line. */
public final class TerminalText {
  private TerminalText() {}

  /** Control characters are written as in a zone file, {@code \DDD} (RFC 1035 §5.1). */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // of format, too: those that turn the direction of writing show another text than is there
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          int value = octet & 0xff;
          safe.append('\\').append(value / 100).append(value / 10 % 10).append(value % 10);
        }
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }
}
