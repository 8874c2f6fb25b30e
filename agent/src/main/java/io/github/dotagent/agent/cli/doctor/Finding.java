package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.net.TerminalText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one check found, and what to do about it. Immutable. */
final class Finding {
  /** How bad it is. */
  enum Verdict {
    /** As it should be. */
    OK,
    /** It works; somebody may want to know or to change something. */
    NOTE,
    /** It does not work. */
    FAIL
  }

  private final Verdict verdict;
  private final String text;
  private final List<String> remedies;

  /** Files, options and servers choose a part of what it says. */
  private Finding(Verdict verdict, String text, String[] remedies) {
    this.verdict = verdict;
    this.text = TerminalText.of(text);
    List<String> lines = new ArrayList<>();
    for (String remedy : remedies) {
      lines.add(TerminalText.of(remedy));
    }
    this.remedies = Collections.unmodifiableList(lines);
  }

  static Finding ok(String text) {
    return new Finding(Verdict.OK, text, new String[0]);
  }

  static Finding note(String text, String... remedies) {
    return new Finding(Verdict.NOTE, text, remedies);
  }

  static Finding fail(String text, String... remedies) {
    return new Finding(Verdict.FAIL, text, remedies);
  }

  Verdict verdict() {
    return verdict;
  }

  /** What was found, in one line. */
  String text() {
    return text;
  }

  /** What to do, a line each; may be empty. */
  List<String> remedies() {
    return remedies;
  }
}
