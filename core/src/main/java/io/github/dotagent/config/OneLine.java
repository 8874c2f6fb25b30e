package io.github.dotagent.config;

/** Makes a text fit for one line of a terminal or a log. */
final class OneLine {
  private OneLine() {}

  /** The text, with every character that would break or disguise the line written as an escape. */
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!disturbs(c)) {
        line.append(c);
      } else if (c == '\n') {
        line.append("\\n");
      } else {
        String hex = Integer.toHexString(c);
        line.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
      }
    }
    return line.toString();
  }

  /** Control characters, Unicode's own line ends, and the marks that turn the writing direction. */
  private static boolean disturbs(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
