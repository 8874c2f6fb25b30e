package io.github.dotagent.it.programs;

/** Failures as one line of text. */
final class Failures {
  private Failures() {}

  /** {@code CLASS: MESSAGE}. */
  static String oneLine(Throwable failure) {
    return failure.getClass().getName()
        + ": "
        + String.valueOf(failure.getMessage()).replace('\n', ' ');
  }

  /** The failure, its causes and what they suppressed: each after {@code |}. */
  static String withCauses(Throwable failure) {
    StringBuilder line = new StringBuilder(oneLine(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      line.append(" | ").append(oneLine(cause));
      for (Throwable suppressed : cause.getSuppressed()) {
        line.append(" | ").append(oneLine(suppressed));
      }
    }
    return line.toString();
  }
}
