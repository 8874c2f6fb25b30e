package io.github.dotagent.agent;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Tells whoever attached the agent what came of it: the Attach API hands back a bare code, and lets
 * system properties be read. The command {@code attach} knows these words too, and sends a number
 * along which the report has to begin with: the program may have set the property itself, or have
 * it from the command line of another JVM.
 */
final class AttachReport implements PrivilegedAction<Void> {
  /** Not {@code dotagent.*}, which are settings. */
  static final String PROPERTY = "io.github.dotagent.attach";

  /** How a report begins; what follows says more. */
  static final String INSTALLED = "installed ";

  static final String REFUSED = "refused ";
  static final String THERE_ALREADY = "already ";
  static final String ABSENT = "absent ";

  /** What the command puts before its number, and that before the settings file. */
  private static final String TO_INSTALL = "dot-agent/install/";

  /** The same, when nothing is to be installed. */
  private static final String TO_PROBE = "dot-agent/probe/";

  private static final int DIGITS = 32;

  private static int reports; // guarded by the class

  private final String number; // null: attached by something else than the command
  private final String settings;
  private final boolean probe;
  private String report; // null: nothing was said yet

  private AttachReport(String number, String settings, boolean probe) {
    this.number = number;
    this.settings = settings;
    this.probe = probe;
  }

  /**
   * For the one who attached the agent with this argument.
   *
   * @param argument the path of a settings file, behind what the command puts before it; null and
   *     empty: none
   */
  static AttachReport on(String argument) {
    String text = argument == null ? "" : argument;
    boolean probe = text.startsWith(TO_PROBE);
    String order = probe ? TO_PROBE : TO_INSTALL;
    int end = order.length() + DIGITS;
    if (!text.startsWith(order) || text.length() <= end || text.charAt(end) != '/') {
      return new AttachReport(null, argument, false);
    }
    return new AttachReport(text.substring(order.length(), end), text.substring(end + 1), probe);
  }

  /** The settings file; null or empty for none. */
  String settings() {
    return settings;
  }

  /** Whether nothing is to be installed. */
  boolean isProbe() {
    return probe;
  }

  /** A name's label that was never looked up before. */
  String label() {
    return number == null ? "again" : number;
  }

  /** Without a number of the command's with another one, so that it is not taken for an old one. */
  void write(String words) {
    synchronized (AttachReport.class) {
      reports++;
      report = (number == null ? Integer.toString(reports) : number) + ' ' + words;
      try {
        AccessController.doPrivileged(this);
      } catch (SecurityException notOurs) {
        // a SecurityManager that came after us; the exit code of the attach is left
      }
    }
  }

  @Override
  public Void run() {
    System.setProperty(PROPERTY, report);
    return null;
  }
}
