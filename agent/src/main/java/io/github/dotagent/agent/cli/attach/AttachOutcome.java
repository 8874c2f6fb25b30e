package io.github.dotagent.agent.cli.attach;

import java.util.Properties;

/**
 * What the agent in another JVM says of its being attached there or taken out, in a system property
 * of that JVM: {@code NUMBER WORD TEXT}. {@code AttachReport} among the visible classes writes it.
 * Immutable.
 */
final class AttachOutcome {
  private static final String PROPERTY = "io.github.dotagent.attach";

  /** What came of it. */
  enum Outcome {
    /** It is in place; the text says what is in force. */
    INSTALLED,
    /** It was there before, and nothing was done. */
    ALREADY,
    /** It was not wanted; the text says by which setting. */
    IDLE,
    /** It could not be installed; the text says why. */
    REFUSED,
    /** It is out; the text says what stays, if anything. */
    REMOVED,
    /** It is not taken out; the text says why. */
    KEPT,
    /** It was to be taken out, and was not there. */
    ABSENT,
    /** Nothing was said, or in words that are not known. */
    UNKNOWN
  }

  private final String line;
  private final Outcome outcome;
  private final String text;

  private AttachOutcome(String line) {
    this.line = line;
    String[] parts = line.split(" ", 3); // number, word, text
    this.outcome = parts.length < 2 ? Outcome.UNKNOWN : outcome(parts[1]);
    this.text = parts.length < 3 ? "" : parts[2];
  }

  private static Outcome outcome(String word) {
    for (Outcome known : Outcome.values()) {
      if (known.name().equalsIgnoreCase(word)) {
        return known;
      }
    }
    return Outcome.UNKNOWN;
  }

  /** The last one in that JVM. */
  static AttachOutcome in(Properties systemProperties) {
    return new AttachOutcome(systemProperties.getProperty(PROPERTY, ""));
  }

  /** Unknown, when it says what an earlier one said: then it is that one. */
  AttachOutcome after(AttachOutcome earlier) {
    return line.equals(earlier.line) ? new AttachOutcome("") : this;
  }

  /** Whether the agent is known to be in place in that JVM. */
  boolean isThere() {
    return outcome == Outcome.INSTALLED || outcome == Outcome.ALREADY || outcome == Outcome.KEPT;
  }

  /** Whether the agent is known not to be in place in that JVM. */
  boolean isNotThere() {
    return outcome != Outcome.UNKNOWN && !isThere();
  }

  Outcome outcome() {
    return outcome;
  }

  /** One line; empty when there is nothing to say. */
  String text() {
    return text;
  }
}
