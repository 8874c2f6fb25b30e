package io.github.dotagent.agent.bypass;

import java.util.Locale;

/** Finds out which class of the program asks a DNS server, from the stack of the thread. */
final class AskingLibrary {
  private static final String UNKNOWN = "the program";

  private static final String OURS = "io.github.dotagent.agent.";
  private static final String BRIDGE = "java.net.DotAgent";

  private static final String JNDI = "com.sun.jndi.dns."; // the JDK's own DNS client

  /** Packages that are not part of the program. */
  private static final String[] PLUMBING = {"java.", "javax.", "sun.", "jdk.", "com.sun.", OURS};

  private AskingLibrary() {}

  static String onThisThread() {
    return of(new Throwable().getStackTrace());
  }

  /**
   * The innermost class with DNS in its name, also of the JDK's own resolver; otherwise the
   * innermost that is not the JDK's.
   */
  static String of(StackTraceElement[] stack) {
    String outsideTheJdk = null;
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName();
      boolean ours = name.startsWith(OURS) || name.startsWith(BRIDGE);
      if (!ours && name.toLowerCase(Locale.ROOT).contains("dns")) {
        return outermost(name);
      }
      if (outsideTheJdk == null && !isPlumbing(name)) {
        outsideTheJdk = outermost(name);
      }
    }
    return outsideTheJdk == null ? UNKNOWN : outsideTheJdk;
  }

  private static boolean isPlumbing(String name) {
    for (String prefix : PLUMBING) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The class name without the names of inner classes and lambdas. */
  private static String outermost(String name) {
    if (name.startsWith(JNDI)) {
      return JNDI + "DnsClient"; // no matter which helper class opens the socket
    }
    int inner = name.indexOf('$');
    return inner < 0 ? name : name.substring(0, inner);
  }
}
