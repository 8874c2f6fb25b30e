package io.github.dotagent.agent;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Tells whoever attached the agent what came of it: the Attach API hands back a bare code, and lets
 * system properties be read. The command {@code attach} knows these words too.
 */
final class AttachReport implements PrivilegedAction<Void> {
  /** Not {@code dotagent.*}, which are settings. */
  static final String PROPERTY = "io.github.dotagent.attach";

  /** How a report begins; what follows says more. */
  static final String INSTALLED = "installed ";

  static final String REFUSED = "refused ";
  static final String THERE_ALREADY = "already ";

  // of a detach: it is out, it stays, it was not there
  static final String REMOVED = "removed ";
  static final String KEPT = "kept ";
  static final String ABSENT = "absent ";

  private final String report;

  private AttachReport(String report) {
    this.report = report;
  }

  static void write(String report) {
    try {
      AccessController.doPrivileged(new AttachReport(report));
    } catch (SecurityException notOurs) {
      // a SecurityManager that came after us; the exit code of the attach is left
    }
  }

  /** With a number before it, so that it is not taken for the one before. */
  @Override
  public Void run() {
    // not counted here: an agent that is attached after another was taken out has its own classes
    String before = System.getProperty(PROPERTY, "");
    int end = before.indexOf(' ');
    int number = 0;
    try {
      number = end < 0 ? 0 : Integer.parseInt(before.substring(0, end));
    } catch (NumberFormatException programsOwn) {
      // and counted from one again
    }
    System.setProperty(PROPERTY, (number + 1) + " " + report);
    return null;
  }
}
