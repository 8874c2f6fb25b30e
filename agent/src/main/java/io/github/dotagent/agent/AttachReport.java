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

  private static int reports; // guarded by the class

  private final String report;

  private AttachReport(String report) {
    this.report = report;
  }

  /** With a number before it, so that it is not taken for the one before. */
  static synchronized void write(String report) {
    reports++;
    try {
      AccessController.doPrivileged(new AttachReport(reports + " " + report));
    } catch (SecurityException notOurs) {
      // a SecurityManager that came after us; the exit code of the attach is left
    }
  }

  @Override
  public Void run() {
    System.setProperty(PROPERTY, report);
    return null;
  }
}
