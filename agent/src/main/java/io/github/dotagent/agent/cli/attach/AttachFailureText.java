package io.github.dotagent.agent.cli.attach;

import java.util.Locale;

/** The failure if an agent, or a request for it, did not arrive in the other JVM. */
final class AttachFailureText {
  private AttachFailureText() {}

  /**
   * @param refused the words of the Attach API; null if it reports success
   */
  static String text(long pid, Exception refused) {
    return text("not installed in ", pid, refused);
  }

  /** The same for a request to detach. */
  static String textOfDetach(long pid, Exception refused) {
    return text("not removed from ", pid, refused);
  }

  private static String text(String not, long pid, Exception refused) {
    if (refused == null) {
      return "the outcome in "
          + pid
          + " is not known, because an agent of another version is there; see its stderr, and"
          + " status "
          + pid;
    }
    String said = String.valueOf(refused.getMessage());
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("dynamic agent loading is not enabled")) {
      return pid
          + " was started with -XX:-EnableDynamicAgentLoading: the agent can be added only at its"
          + " start, with -javaagent:dot-agent.jar";
    }
    return not + pid + ": " + said + "; " + hint(lower);
  }

  private static String hint(String lower) {
    if (lower.contains("jar not found")) {
      return "its user must be able to read this jar and each folder above it";
    }
    return lower.contains("library instrument") || lower.contains("module java.instrument")
        ? "its runtime image needs the module java.instrument"
        : "its stderr may say more";
  }
}
