package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Collects the answers to the questions of one lookup, and makes the exception if nothing was
 * found.
 */
final class LookupResult {
  private static final int AGAINST_POLICY = 28; // RFC 8914 §4.29

  private final String asked;
  private final String wanted;
  private final List<byte[]> addresses = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private Answer negative;
  private Answer farthest; // of those that came
  private SecurityStatus security; // of those that came, the weakest; null until the first
  private String continuesAt; // null: no alias leads to a name of the system resolver
  private Throwable failure;
  private boolean bogus;

  /**
   * @param asked the host or address as the caller spelled it
   * @param wanted the kind of data that was asked for, in a word
   */
  LookupResult(String asked, String wanted) {
    this.asked = asked;
    this.wanted = wanted;
  }

  /** One of the questions has no answer. */
  void failed(Throwable reason) {
    bogus |= LookupFailure.isBogus(reason);
    failure = moreTelling(failure, reason);
  }

  /** One of the questions has this answer. */
  void add(Answer answer) {
    if (farthest == null || answer.source().compareTo(farthest.source()) > 0) {
      farthest = answer;
    }
    SecurityStatus known = answer.security();
    security = security == null ? known : security.and(known);
    if (answer.outcome() == Answer.Outcome.RECORDS) {
      addresses.addAll(answer.addresses());
      names.addAll(answer.names());
      return;
    }
    if (answer.continuesAt() != null) {
      continuesAt = answer.continuesAt();
    }
    if (negative == null || answer.outcome() == Answer.Outcome.NO_SUCH_NAME) {
      negative = answer;
    }
  }

  /** The more informative failure of the two families. */
  private static Throwable moreTelling(Throwable one, Throwable other) {
    if (one == null || !(other instanceof LookupFailure)) {
      return one == null ? other : one;
    }
    boolean second =
        !(one instanceof LookupFailure)
            || ((LookupFailure) other).kind().compareTo(((LookupFailure) one).kind()) < 0;
    return second ? other : one;
  }

  /** In the order in which they came; empty when there are none. */
  List<byte[]> addresses() {
    return addresses;
  }

  /** The name at the end of aliases that must be asked for elsewhere; null: there is none. */
  String continuesAt() {
    boolean nothing = addresses.isEmpty() && names.isEmpty() && failure == null;
    return nothing ? continuesAt : null;
  }

  /** In the order in which they came; empty when there are none. */
  List<String> names() {
    return names;
  }

  /** Something was found; the source of the result is the one farthest away. */
  <T> NameResult<T> found(T found) {
    return NameResult.found(found, farthest.source(), farthest.server()).with(security);
  }

  /** Not found, and why. */
  <T> NameResult<T> refused() {
    if (isFailure()) {
      return NameResult.refused(nothingFound(), kindOf(failure), Source.UPSTREAM, null);
    }
    LookupOutcome outcome = isNoSuchName() ? LookupOutcome.NO_SUCH_NAME : LookupOutcome.NO_DATA;
    boolean asked = negative != null;
    return NameResult.<T>refused(
            nothingFound(),
            outcome,
            asked ? negative.source() : Source.NONE,
            asked ? negative.server() : null)
        .with(asked ? security : SecurityStatus.UNCHECKED);
  }

  /**
   * The alias leads to a name of the system resolver, whose answer nothing proves.
   *
   * @param domain of {@code dnssec.require}
   */
  <T> NameResult<T> notSecure(String domain) {
    LookupResult refused = new LookupResult(asked, wanted);
    refused.failed(
        LookupFailure.bogus(
            farthest.server(),
            "sent an alias to "
                + continuesAt
                + ", which the system resolver answers without signatures, and dnssec.require has "
                + domain,
            AGAINST_POLICY));
    return refused.refused();
  }

  private static LookupOutcome kindOf(Throwable failure) {
    if (failure instanceof LookupFailure) {
      return LookupOutcome.of(((LookupFailure) failure).kind());
    }
    return failure instanceof TimeoutException ? LookupOutcome.TIMEOUT : LookupOutcome.UNREACHABLE;
  }

  /** Whether one of the answers was bogus: nothing from elsewhere may take its place. */
  boolean isBogus() {
    return bogus;
  }

  /** Whether nothing was found, perhaps because an answer is missing. */
  boolean isFailure() {
    boolean nothing = addresses.isEmpty() && names.isEmpty();
    return nothing && failure != null && !isNoSuchName();
  }

  /**
   * NXDOMAIN holds for every type of the name (RFC 2308 §5), also if a server cannot answer for the
   * other type, as with glibc 2.36. But some load balancers answer NXDOMAIN for AAAA although the
   * name has IPv4 addresses (RFC 4074 §4.2): so an answer for the other type that has not come, or
   * is bogus, counts more.
   */
  private boolean isNoSuchName() {
    boolean saidSo = negative != null && negative.outcome() == Answer.Outcome.NO_SUCH_NAME;
    return saidSo && (failure == null || isServersFailure());
  }

  private boolean isServersFailure() {
    return !bogus && failure instanceof LookupFailure && ((LookupFailure) failure).isAServersWord();
  }

  /**
   * A failure is reported rather than NODATA, because the question that failed might have had data.
   */
  private UnknownHostException nothingFound() {
    if (isNoSuchName()) {
      return new UnknownHostException(
          asked + ": no such name (NXDOMAIN from " + said(negative) + ")");
    }
    if (failure != null) {
      String why =
          failure instanceof Error ? "this JVM failed with " + failure : failure.getMessage();
      UnknownHostException unknown = new UnknownHostException(asked + ": " + why);
      unknown.initCause(JdkFailure.of(failure));
      return unknown;
    }
    String from = negative == null ? "no server was asked" : "NODATA from " + said(negative);
    return new UnknownHostException(asked + ": no " + wanted + " (" + from + ")");
  }

  /** The server, and its reason if it gave one: a resolver that filters names does (RFC 8914). */
  private static String said(Answer negative) {
    String why = negative.extendedError();
    return why.isEmpty() ? negative.server() : negative.server() + "; " + why;
  }
}
