package io.github.dotagent.dot;

import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;

/** Lets the tests of other packages fail an exchange as {@link DotTransport} does. */
public final class ExchangeFailures {
  private ExchangeFailures() {}

  public static ExchangeFailure unreachable(String message) {
    return ExchangeFailure.unreachable(message, null);
  }

  public static ExchangeFailure untrusted(String message) {
    return ExchangeFailure.of(TlsFailures.of(TlsFailure.Kind.UNTRUSTED, message));
  }

  public static ExchangeFailure malformed(String message) {
    return ExchangeFailure.malformed(message);
  }

  public static ExchangeFailure timeout(String message) {
    return ExchangeFailure.timeout(message);
  }

  public static ExchangeFailure noAnswer() {
    return ExchangeFailure.noAnswer();
  }

  public static ExchangeFailure noRoute(String message) {
    return ExchangeFailure.of(TlsFailures.of(TlsFailure.Kind.NO_ROUTE, message));
  }

  public static ExchangeFailure brokenOff() {
    return ExchangeFailure.brokenOff();
  }

  public static ExchangeFailure notSent() {
    return ExchangeFailure.notSent();
  }
}
