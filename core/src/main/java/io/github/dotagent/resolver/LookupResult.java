package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import java.net.UnknownHostException;

/** What the questions of one lookup brought, and what to say when they brought nothing. */
final class LookupResult {
  private static final Answer NOTHING = Answer.noData(0, "nobody");

  private final String asked;
  private final String wanted;
  private Answer negative;
  private Throwable failure;

  /**
   * @param asked the host or address as the caller spelled it
   * @param wanted what it was asked for, in a word
   */
  LookupResult(String asked, String wanted) {
    this.asked = asked;
    this.wanted = wanted;
  }

  /** Takes note of an outcome; its answer, or one without records when it failed. */
  Answer add(BoundedWait.Outcome outcome) {
    if (outcome.answer == null) {
      failure = failure == null ? outcome.failure : failure;
      return NOTHING;
    }
    boolean saysMore = negative == null || outcome.answer.outcome() == Answer.Outcome.NO_SUCH_NAME;
    if (outcome.answer.outcome() != Answer.Outcome.RECORDS && saysMore) {
      negative = outcome.answer;
    }
    return outcome.answer;
  }

  /**
   * NXDOMAIN holds for every type of the name (RFC 2308 §5), so it is said whatever else failed; a
   * failure is said before no-data, for the question that failed might have had data.
   */
  UnknownHostException nothingFound() {
    if (negative != null && negative.outcome() == Answer.Outcome.NO_SUCH_NAME) {
      return new UnknownHostException(
          asked + ": no such name (NXDOMAIN from " + negative.server() + ")");
    }
    if (failure != null) {
      UnknownHostException unknown = new UnknownHostException(asked + ": " + failure.getMessage());
      unknown.initCause(failure);
      return unknown;
    }
    String server = negative == null ? "nobody" : negative.server();
    return new UnknownHostException(asked + ": no " + wanted + " (NODATA from " + server + ")");
  }
}
