package io.github.dotagent.agent.command.doctor;

/** A report that knows how much has failed. */
final class CountedReport implements Report {
  private final Report report;
  private int failures;

  CountedReport(Report report) {
    this.report = report;
  }

  /** How many checks have failed so far. */
  int failures() {
    return failures;
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
    failures += finding.verdict() == Finding.Verdict.FAIL ? 1 : 0;
    report.found(finding);
  }

  @Override
  public void end(String summary) {
    report.end(summary);
  }
}
