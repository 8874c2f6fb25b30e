package io.github.dotagent.agent.cli.doctor;

/** A report that counts failures and notes. */
final class CountedReport implements Report {
  private final Report report;
  private int failures;
  private int notes;
  private String firstRemedy; // null: none yet

  CountedReport(Report report) {
    this.report = report;
  }

  /** How many checks have failed so far. */
  int failures() {
    return failures;
  }

  /** The remedy for the first check that failed; null when none is known. */
  String firstRemedy() {
    return firstRemedy;
  }

  /** How many checks have a note so far. */
  int notes() {
    return notes;
  }

  @Override
  public void section(String title) {
    report.section(title);
  }

  @Override
  public void checking(String check) {
    report.checking(check);
  }

  @Override
  public void found(Finding finding) {
    failures += finding.verdict() == Finding.Grade.FAIL ? 1 : 0;
    notes += finding.verdict() == Finding.Grade.NOTE ? 1 : 0;
    boolean tells =
        finding.verdict() == Finding.Grade.FAIL
            && !finding.follows()
            && !finding.remedies().isEmpty();
    if (tells && firstRemedy == null) {
      firstRemedy = finding.remedies().get(0);
    }
    report.found(finding);
  }

  @Override
  public void end(String summary) {
    report.end(summary);
  }
}
