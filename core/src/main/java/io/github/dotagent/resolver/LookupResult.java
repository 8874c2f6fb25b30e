package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** What the questions of one lookup brought, and what to say when they brought nothing. */
final class LookupResult {
  private final String asked;
  private final String wanted;
  private final List<byte[]> addresses = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
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

  /** Takes note of an outcome. */
  void add(BoundedWait.Outcome outcome) {
    if (outcome.answer == null) {
      failure = failure == null ? outcome.failure : failure;
      return;
    }
    boolean saysMore = negative == null || outcome.answer.outcome() == Answer.Outcome.NO_SUCH_NAME;
    if (outcome.answer.outcome() != Answer.Outcome.RECORDS && saysMore) {
      negative = outcome.answer;
    }
    addresses.addAll(outcome.answer.addresses());
    names.addAll(outcome.answer.names());
  }

  /** In the order in which they came; empty when there are none. */
  List<byte[]> addresses() {
    return addresses;
  }

  /** In the order in which they came; empty when there are none. */
  List<String> names() {
    return names;
  }

  /** Whether there is nothing, and it may be for want of an answer. */
  boolean isFailure() {
    boolean nothing = addresses.isEmpty() && names.isEmpty();
    return nothing && failure != null && !isNoSuchName();
  }

  private boolean isNoSuchName() {
    return negative != null && negative.outcome() == Answer.Outcome.NO_SUCH_NAME;
  }

  /**
   * NXDOMAIN holds for every type of the name (RFC 2308 §5), so it is said whatever else failed; a
   * failure is said before no-data, for the question that failed might have had data.
   */
  UnknownHostException nothingFound() {
    if (isNoSuchName()) {
      return new UnknownHostException(
          asked + ": no such name (NXDOMAIN from " + negative.server() + ")");
    }
    if (failure != null) {
      UnknownHostException unknown = new UnknownHostException(asked + ": " + failure.getMessage());
      unknown.initCause(JdkFailure.of(failure));
      return unknown;
    }
    String server = negative == null ? "nobody" : negative.server();
    return new UnknownHostException(asked + ": no " + wanted + " (NODATA from " + server + ")");
  }
}
