package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.answer.LookupFailure.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupResultTest {
  private static final String ASKED = "www.example.com";

  /** A and AAAA fail in their own ways, for one of them came a moment later. */
  @Test
  void theMoreTellingFailureIsTold() {
    LookupResult one = new LookupResult(ASKED, "address");
    one.failed(failure(Kind.UNREACHABLE, "the server closed the connection"));
    one.failed(failure(Kind.UNTRUSTED, "pin mismatch"));
    assertEquals(ASKED + ": no answer over TLS: x pin mismatch", said(one));
    LookupResult other = new LookupResult(ASKED, "address");
    other.failed(failure(Kind.UNTRUSTED, "pin mismatch"));
    other.failed(failure(Kind.UNREACHABLE, "the server closed the connection"));
    assertEquals(said(one), said(other));
  }

  private static LookupFailure failure(Kind kind, String reason) {
    return LookupFailure.of(List.of(new Attempt("x", kind, reason, null)));
  }

  private static String said(LookupResult result) {
    return result.refused().refusal().getMessage();
  }
}
