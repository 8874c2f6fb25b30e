package io.github.dotagent.net;

import java.nio.charset.StandardCharsets;

/**
 * Foreign text, made fit for one line of a terminal, a log or a message: it moves no cursor, adds
 * no line, and hides nothing. The one filter for text from servers, programs, files and other
 * processes.
 */
public final class TerminalText {
  private static final String CUT = "...";

  /** U+200C and U+200D: Persian and Sinhala are not written without them. */
  private static final int JOINERS = 0x200c;

  private TerminalText() {}

  /**
   * The text. Each character that would break or disguise the line is written as octets in a zone
   * file, {@code \DDD} (RFC 1035 §5.1), in UTF-8.
   */
  public static String of(String text) {
    int first = 0;
    while (first < text.length() && isPlain(text, first)) {
      first += Character.charCount(text.codePointAt(first));
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); ) {
      int end = i + Character.charCount(text.codePointAt(i));
      if (isPlain(text, i)) {
        safe.append(text, i, end);
      } else {
        escape(text.substring(i, end), safe);
      }
      i = end;
    }
    return safe.toString();
  }

  /** The same, but at most this many characters, with three dots behind them if there are more. */
  public static String of(String text, int longest) {
    return text.length() <= longest ? of(text) : of(text.substring(0, longest)) + CUT;
  }

  private static boolean isPlain(String text, int index) {
    char c = text.charAt(index);
    return c < 0x7f ? c >= ' ' : !disturbs(text.codePointAt(index));
  }

  /**
   * Whether the character would disturb. Those that the Unicode of Java 8 (6.2) does not know are
   * compared by number.
   */
  private static boolean disturbs(int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL: // a terminal obeys C1, U+0080 to U+009F, as well
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
      case Character.SURROGATE: // half a character
        return true;
      case Character.FORMAT: // turns the direction of writing, or is not seen
        return c < JOINERS || c > JOINERS + 1;
      default:
        return c == 0x061c // ARABIC LETTER MARK
            || c >= 0x2060 && c <= 0x206f // among them the isolates of direction
            || c >= 0xe0000 && c <= 0xe007f; // tags: text that is not seen
    }
  }

  private static void escape(String character, StringBuilder safe) {
    for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
      int value = octet & 0xff;
      safe.append('\\').append(value / 100).append(value / 10 % 10).append(value % 10);
    }
  }
}
