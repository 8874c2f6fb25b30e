package io.github.dotagent.dnssec;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.wire.ExtendedErrorNames;

/** Makes the failures of bogus answers, with their reason. */
final class BogusAnswers {
  /** RFC 8914 §4.29, "Unable to conform to policy". */
  private static final int POLICY = 28;

  private BogusAnswers() {}

  static LookupFailure failure(String server, Verdict verdict) {
    return LookupFailure.bogus(
        server,
        "sent a bogus answer: "
            + verdict.reason()
            + " (EDE "
            + verdict.code()
            + ": "
            + ExtendedErrorNames.of(verdict.code())
            + ")",
        verdict.code());
  }

  /** It is not secure, although {@code dnssec.require} has the domain. */
  static LookupFailure notSecure(String server, SecurityStatus status, String domain) {
    return policy(server, "sent an answer that is " + status, domain);
  }

  /** The server has not said that it is secure. */
  static LookupFailure notVouchedFor(String server, String domain) {
    return policy(server, "does not say that the answer is secure (no AD bit)", domain);
  }

  private static LookupFailure policy(String server, String what, String domain) {
    return LookupFailure.bogus(
        server,
        what
            + ", and dnssec.require has "
            + domain
            + " (EDE "
            + POLICY
            + ": "
            + ExtendedErrorNames.of(POLICY)
            + ")",
        POLICY);
  }
}
