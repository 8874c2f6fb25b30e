package io.github.dotagent.agent.cli.attach;

import io.github.dotagent.net.TerminalText;
import java.util.Properties;

/**
 * The report of the agent in another JVM about being attached or taken out, in a system property of
 * that JVM: {@code NUMBER WORD TEXT}. {@code AttachReport} among the visible classes writes it.
 * Immutable.
 */
final class AttachOutcome {
  private static final String PROPERTY = "io.github.dotagent.attach";

  /** It is a part of one line, and names every server. */
  private static final int LONGEST = 4_000;

  /** The result. */
  enum Kind {
    /** It is in place; the text says what is in force. */
    INSTALLED,
    /** It was there before, and nothing was done. */
    ALREADY,
    /** It is switched off; the text names the setting. */
    IDLE,
    /** It could not be installed; the text says why. */
    REFUSED,
    /** It is out; the text says what stays, if anything. */
    REMOVED,
    /** It is not taken out; the text says why. */
    KEPT,
    /** It is not there, as requested: nothing had to be installed, or removed. */
    ABSENT,
    /** There is no report, or one in unknown words. */
    UNKNOWN
  }

  private final Kind outcome;
  private final String text;

  private AttachOutcome(String line) {
    String[] parts = line.split(" ", 3); // number, word, text
    this.outcome = parts.length < 2 ? Kind.UNKNOWN : outcome(parts[1]);
    this.text = parts.length < 3 ? "" : TerminalText.of(parts[2], LONGEST);
  }

  private static Kind outcome(String word) {
    for (Kind known : Kind.values()) {
      if (known.name().equalsIgnoreCase(word)) {
        return known;
      }
    }
    return Kind.UNKNOWN;
  }

  /**
   * The outcome of a request as that JVM reports it; unknown if it reports none, or that of another
   * request.
   *
   * @param number of the request
   */
  static AttachOutcome of(String number, Properties systemProperties) {
    String line = systemProperties.getProperty(PROPERTY, "");
    return new AttachOutcome(line.startsWith(number + ' ') ? line : "");
  }

  /**
   * Whether that JVM says that the agent is there. It may say so for any reason, so the agent must
   * be asked.
   */
  static boolean isClaimed(Properties systemProperties) {
    AttachOutcome said = new AttachOutcome(systemProperties.getProperty(PROPERTY, ""));
    return said.outcome == Kind.INSTALLED
        || said.outcome == Kind.ALREADY
        || said.outcome == Kind.KEPT;
  }

  Kind outcome() {
    return outcome;
  }

  /** One line; empty when there is nothing to say. */
  String text() {
    return text;
  }
}
