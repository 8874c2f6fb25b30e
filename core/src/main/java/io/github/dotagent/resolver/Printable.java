package io.github.dotagent.resolver;

/** A name as it may stand in a one-line message, whatever the caller put into it. */
final class Printable {
  /** A name of 10,000 characters says no more in a message than its beginning. */
  private static final int LONGEST = 300;

  private Printable() {}

  static String of(String name) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < name.length() && i < LONGEST; i++) {
      char c = name.charAt(i);
      line.append(Character.isISOControl(c) ? '?' : c);
    }
    return name.length() > LONGEST ? line.append("...").toString() : line.toString();
  }
}
