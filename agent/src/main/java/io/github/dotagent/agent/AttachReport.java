package io.github.dotagent.agent;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * The request of a command to the agent that it attaches, and the report of the result: the Attach
 * API returns only a code, but can read system properties. The commands {@code attach} and {@code
 * detach} use the same words, and send a number with which the report must begin, because the
 * program may have set the property itself, or have it from the command line of another JVM.
 */
final class AttachReport implements PrivilegedAction<Void> {
  // requests of the command line, in place of a settings file; a number follows, and a slash

  /** Request to install: the jar to attach, a line break, the settings file. */
  static final String INSTALL = "dot-agent/install/";

  /** Request to report whether the agent is in place. */
  static final String PROBE = "dot-agent/probe/";

  static final String DETACH = "dot-agent/detach/";
  static final String DETACH_BY_FORCE = "dot-agent/detach-by-force/";

  static final String[] REQUESTS = {INSTALL, PROBE, DETACH, DETACH_BY_FORCE};

  /** The length of the number, which the command chooses for each request. */
  static final int DIGITS = 32;

  /** Not {@code dotagent.*}, which are settings. */
  static final String PROPERTY = "io.github.dotagent.attach";

  // how a report begins; what follows says more
  static final String INSTALLED = "installed ";
  static final String REFUSED = "refused ";
  static final String THERE_ALREADY = "already ";
  static final String ABSENT = "absent ";
  // after a detach: removed, kept
  static final String REMOVED = "removed ";
  static final String KEPT = "kept ";

  private final String number; // null: attached by something else than a command
  private final String settings;
  private final boolean probe;
  private String report; // null: nothing was said yet

  private AttachReport(String number, String settings, boolean probe) {
    this.number = number;
    this.settings = settings;
    this.probe = probe;
  }

  /**
   * The report to the attacher that gave this argument.
   *
   * @param argument a request of a command; else the path of a settings file; null and empty: none
   */
  static AttachReport on(String argument) {
    for (String request : REQUESTS) {
      if (isRequest(request, argument)) {
        int end = request.length() + DIGITS;
        String settings = argument.substring(argument.indexOf('\n', end) + 1);
        boolean probe = request.equals(PROBE);
        return new AttachReport(argument.substring(request.length(), end), settings, probe);
      }
    }
    return new AttachReport(null, argument, false);
  }

  /** The settings file; null or empty for none. */
  String settings() {
    return settings;
  }

  /** Whether the request installs nothing. */
  boolean isProbe() {
    return probe;
  }

  /** A label of a name that was never looked up before. */
  String label() {
    return number == null ? "again" : number;
  }

  /** Whether the argument is this request, complete; a settings file may have nearly any name. */
  static boolean isRequest(String request, String argument) {
    int end = request.length() + DIGITS;
    return argument != null
        && argument.startsWith(request)
        && argument.length() > end
        && argument.charAt(end) == '/'
        && (!request.equals(INSTALL) || argument.indexOf('\n', end) > 0);
  }

  void write(String words) {
    report = words;
    try {
      AccessController.doPrivileged(this);
    } catch (SecurityException notOurs) {
      // a SecurityManager set later; the attach still has its exit code
    }
  }

  @Override
  public Void run() {
    String by = number == null ? nextNumber() : number;
    System.setProperty(PROPERTY, by + ' ' + report);
    return null;
  }

  /**
   * Without a number of the command it has another one, so that it is not taken for an old one. Not
   * counted here, because an agent that is attached after another was taken out has its own
   * classes.
   */
  private static String nextNumber() {
    String before = System.getProperty(PROPERTY, "");
    int end = before.indexOf(' ');
    int number = 0;
    try {
      number = end < 0 ? 0 : Integer.parseInt(before.substring(0, end));
    } catch (NumberFormatException notCounted) {
      // and counted from one again
    }
    return Integer.toString(number + 1);
  }
}
