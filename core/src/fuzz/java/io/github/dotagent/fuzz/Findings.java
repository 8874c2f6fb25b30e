package io.github.dotagent.fuzz;

/** What targets assert of what was read. */
public final class Findings {
  private Findings() {}

  /** Fails for text that a terminal would obey, or that is more than a line of a log. */
  public static void checkIsLine(String text) {
    if (text == null) {
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f || c >= 0xa0 && c != 0x2028 && c != 0x2029;
      if (!plain || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069) {
        throw new AssertionError(
            String.format("U+%04X in what people are shown: %s", (int) c, escaped(text)));
      }
    }
  }

  /** The same of each line of a text. */
  public static void checkAreLines(String text) {
    for (String line : text.split("\n", -1)) {
      checkIsLine(line);
    }
  }

  public static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c >= ' ' && c < 0x7f ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return escaped.toString();
  }
}
