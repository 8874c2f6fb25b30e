package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.net.TerminalText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The finding of one check, and what to do about it. Immutable. */
final class Finding {
  /** The severity. */
  enum Grade {
    /** It works. */
    OK,
    /** It works, but the user should know it, or may want to change something. */
    NOTE,
    /** It does not work. */
    FAIL
  }

  private static final double NANOS_PER_MILLI = 1e6;

  private final Grade verdict;
  private final String text;
  private final List<String> remedies;
  private final boolean follows;

  /** Cleans the text: files, options and servers choose a part of it. */
  private Finding(Grade verdict, String text, boolean follows, String[] remedies) {
    this.verdict = verdict;
    this.follows = follows;
    this.text = TerminalText.of(text);
    List<String> lines = new ArrayList<>();
    for (String remedy : remedies) {
      lines.add(TerminalText.of(remedy));
    }
    this.remedies = Collections.unmodifiableList(lines);
  }

  static Finding ok(String text) {
    return new Finding(Grade.OK, text, false, new String[0]);
  }

  static Finding note(String text, String... remedies) {
    return new Finding(Grade.NOTE, text, false, remedies);
  }

  static Finding fail(String text, String... remedies) {
    return new Finding(Grade.FAIL, text, false, remedies);
  }

  /**
   * A failure from a message in two parts, {@code what is wrong; what to do}.
   *
   * @param otherwise the remedy if the message has no second part
   */
  static Finding failOf(String message, String otherwise) {
    int parted = message.lastIndexOf("; ");
    return parted < 0
        ? fail(message, otherwise)
        : fail(message.substring(0, parted), message.substring(parted + 2));
  }

  /**
   * A failure that is a consequence of another finding.
   *
   * @param where the check of the other finding
   */
  static Finding failFor(String text, String where) {
    return new Finding(Grade.FAIL, text, true, new String[] {where});
  }

  /** A time, such as {@code 12.3 ms}. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / NANOS_PER_MILLI);
  }

  Grade verdict() {
    return verdict;
  }

  /** Whether the remedy of another finding helps here too. */
  boolean follows() {
    return follows;
  }

  /** The finding, in one line. */
  String text() {
    return text;
  }

  /** What to do, a line each; may be empty. */
  List<String> remedies() {
    return remedies;
  }
}
