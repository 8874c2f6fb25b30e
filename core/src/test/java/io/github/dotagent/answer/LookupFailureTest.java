package io.github.dotagent.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.answer.LookupFailure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupFailureTest {
  private static Attempt attempt(Kind kind, String reason, Throwable cause) {
    return new Attempt("192.0.2.53@853#dns.example", kind, reason, cause);
  }

  @Test
  void theMessageHasEachServerAndItsReason() {
    LookupFailure failure =
        LookupFailure.of(
            List.of(
                new Attempt("192.0.2.1@853#dns.example", Kind.UNTRUSTED, "pin mismatch", null),
                new Attempt("2001:db8::1@853", Kind.UNREACHABLE, "connection refused", null)));
    assertEquals(
        "no answer over TLS: 192.0.2.1@853#dns.example pin mismatch; 2001:db8::1@853 connection"
            + " refused",
        failure.getMessage());
  }

  @Test
  void theMostTellingReasonComesFirst() {
    List<Attempt> attempts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      attempts.add(attempt(kind, kind.name(), null));
    }
    Collections.reverse(attempts);
    LookupFailure failure = LookupFailure.of(attempts);
    List<String> reasons =
        Arrays.stream(failure.getMessage().split("; ", -1))
            .map(part -> part.substring(part.lastIndexOf(' ') + 1))
            .toList();
    assertEquals(
        List.of("UNTRUSTED", "BOGUS", "MALFORMED", "SERVER_FAILURE", "UNREACHABLE", "TIMEOUT"),
        reasons);
    assertEquals(Kind.UNTRUSTED, failure.kind());
  }

  @Test
  void reasonsOfOneKindStayInTheOrderOfTheAttempts() {
    LookupFailure failure =
        LookupFailure.of(
            List.of(
                attempt(Kind.TIMEOUT, "one", null),
                attempt(Kind.UNREACHABLE, "two", null),
                attempt(Kind.TIMEOUT, "three", null)));
    assertEquals(
        "no answer over TLS: 192.0.2.53@853#dns.example two; 192.0.2.53@853#dns.example one;"
            + " 192.0.2.53@853#dns.example three",
        failure.getMessage());
    assertEquals(Kind.UNREACHABLE, failure.kind());
    assertEquals(Kind.TIMEOUT, attempt(Kind.TIMEOUT, "one", null).kind());
  }

  @Test
  void carriesTheExceptionOfEachAttempt() {
    Exception slow = new Exception("slow");
    Exception wrong = new Exception("wrong");
    LookupFailure failure =
        LookupFailure.of(
            List.of(
                attempt(Kind.TIMEOUT, "slow", slow),
                attempt(Kind.UNREACHABLE, "without", null),
                attempt(Kind.UNTRUSTED, "wrong", wrong)));
    assertEquals(List.of(wrong, slow), failure.causes());
  }

  /** It is made by threads that have others to serve, and by the hundred. */
  @Test
  void costsNoStackTrace() {
    LookupFailure failure = LookupFailure.of(List.of(attempt(Kind.TIMEOUT, "slow", null)));
    assertEquals(0, failure.getStackTrace().length);
  }

  /** One server's word is enough: the others may just not have been reached. */
  @Test
  void distinguishesAServersAnswerFromNetworkTrouble() {
    for (Kind kind : Kind.values()) {
      boolean said = kind == Kind.SERVER_FAILURE || kind == Kind.MALFORMED || kind == Kind.BOGUS;
      Attempt one = attempt(kind, "one", null);
      assertEquals(said, LookupFailure.of(List.of(one)).isAServersWord(), kind.toString());
      List<Attempt> beside = List.of(attempt(Kind.UNTRUSTED, "pin mismatch", null), one);
      assertEquals(said, LookupFailure.of(beside).isAServersWord(), kind + " beside another");
    }
  }
}
