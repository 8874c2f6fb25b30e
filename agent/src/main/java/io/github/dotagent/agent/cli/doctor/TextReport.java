package io.github.dotagent.agent.cli.doctor;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * For people: a line for each check. Its name is printed when it begins, so that you see which one
 * takes long, and the rest when it ends.
 */
final class TextReport implements Report {
  private static final String REMEDY = "                -> ";

  private final PrintWriter out;
  private boolean begun;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void section(String title) {
    if (begun) {
      out.println();
    }
    begun = true;
    out.println(title);
    out.flush();
  }

  @Override
  public void checking(String check) {
    out.printf(Locale.ROOT, "  %-14s", check); // the longest check's name and two blanks
    out.flush();
  }

  @Override
  public void found(Finding finding) {
    out.println(word(finding.verdict()) + finding.text());
    for (String remedy : finding.remedies()) {
      out.println(REMEDY + remedy);
    }
    out.flush();
  }

  @Override
  public void end(String summary) {
    out.println();
    out.println(summary);
    out.flush();
  }

  /** Failures are in capitals, to be found at a glance. */
  private static String word(Finding.Grade verdict) {
    switch (verdict) {
      case OK:
        return "ok    ";
      case NOTE:
        return "note  ";
      default:
        return "FAIL  ";
    }
  }
}
