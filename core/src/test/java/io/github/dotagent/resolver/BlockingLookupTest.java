package io.github.dotagent.resolver;

import static io.github.dotagent.resolver.Witnesses.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.RecordType;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that is asked for over TLS: which questions, which addresses, which message. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockingLookupTest {
  private static final String WWW = "www.example.com";
  private static final String IPV4 = "192.0.2.3";
  private static final String IPV6 = "2001:db8:0:0:0:0:0:3";

  private final Witnesses witnesses = new Witnesses();
  private final PolicyResolver resolver = Resolvers.with(witnesses);

  private static LookupFailure failure(String reason) {
    return failure(LookupFailure.Kind.TIMEOUT, reason);
  }

  private static LookupFailure failure(LookupFailure.Kind kind, String reason) {
    return LookupFailure.of(
        List.of(new LookupFailure.Attempt("192.0.2.53@853", kind, reason, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "IPV4_ONLY, A, " + IPV4,
    "IPV6_ONLY, AAAA, " + IPV6,
    "IPV4_FIRST, AAAA A, " + IPV4 + " " + IPV6,
    "IPV6_FIRST, AAAA A, " + IPV6 + " " + IPV4,
    "SYSTEM, AAAA A, " + IPV6 + " " + IPV4
  })
  void onlyTheWantedFamiliesAreAskedFor(AddressFamilyPolicy order, String types, String addresses)
      throws UnknownHostException {
    List<String> expected =
        List.of(addresses.split(" ", -1)).stream().map(text -> "WWW.Example.com/" + text).toList();
    assertEquals(expected, Resolvers.texts(resolver.addresses("WWW.Example.com", order)));
    List<String> sent =
        List.of(types.split(" ", -1)).stream().map(type -> "dot " + WWW + " " + type).toList();
    assertEquals(sent, witnesses.asked());
  }

  /** The first answer comes only once the second question has been asked. */
  @Test
  void bothQuestionsAreOnTheirWayBeforeEitherAnswerIsWaitedFor() throws UnknownHostException {
    Answer ipv6 = Answer.addresses(List.of(Witnesses.IPV6), 300, SERVER);
    Answer ipv4 = Answer.addresses(List.of(Witnesses.IPV4), 300, SERVER);
    witnesses.answers(RecordType.AAAA, whenAllAreAsked(ipv6));
    witnesses.answers(RecordType.A, whenAllAreAsked(ipv4));
    assertEquals(2, resolver.addresses(WWW, AddressFamilyPolicy.IPV6_FIRST).length);
  }

  private CompletableFuture<Answer> whenAllAreAsked(Answer answer) {
    return new CompletableFuture<>() {
      @Override
      public Answer get(long time, TimeUnit unit) {
        assertEquals(2, witnesses.asked().size());
        return answer;
      }
    };
  }

  @Test
  void oneFamilyIsEnough() throws UnknownHostException {
    witnesses.answers(RecordType.AAAA, Answer.noData(60, SERVER));
    assertEquals(
        List.of(WWW + "/" + IPV4),
        Resolvers.texts(resolver.addresses(WWW, AddressFamilyPolicy.IPV6_FIRST)));
    witnesses.answers(RecordType.AAAA, Answer.addresses(List.of(Witnesses.IPV6), 300, SERVER));
    witnesses.fails(RecordType.A, failure("no answer in time"));
    assertEquals(
        List.of(WWW + "/" + IPV6),
        Resolvers.texts(resolver.addresses(WWW, AddressFamilyPolicy.IPV4_FIRST)));
  }

  @Test
  void noSuchNameSaysWhoSaidSo() {
    witnesses.answers(RecordType.A, Answer.noSuchName(60, SERVER));
    witnesses.answers(RecordType.AAAA, Answer.noSuchName(60, SERVER));
    assertEquals(
        "Gone.Example.com: no such name (NXDOMAIN from 192.0.2.53)",
        Resolvers.refusal(resolver, "Gone.Example.com").getMessage());
  }

  @Test
  void theServersReasonIsPassedOn() {
    Answer blocked = Answer.noSuchName(60, SERVER).because("EDE 15: gambling");
    witnesses.answers(RecordType.A, blocked);
    witnesses.answers(RecordType.AAAA, blocked);
    assertEquals(
        WWW + ": no such name (NXDOMAIN from 192.0.2.53; EDE 15: gambling)",
        Resolvers.refusal(resolver, WWW).getMessage());
    Answer empty = Answer.noData(60, SERVER).because("EDE 17");
    witnesses.answers(RecordType.A, empty);
    witnesses.answers(RecordType.AAAA, empty);
    assertEquals(
        WWW + ": no address (NODATA from 192.0.2.53; EDE 17)",
        Resolvers.refusal(resolver, WWW).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"A, AAAA", "AAAA, A"})
  void noSuchNameHoldsForEveryTypeWhateverServersSayOfTheOther(RecordType one, RecordType other) {
    witnesses.answers(one, Answer.noSuchName(60, SERVER));
    String expected = WWW + ": no such name (NXDOMAIN from 192.0.2.53)";
    witnesses.answers(other, Answer.noData(60, "192.0.2.54"));
    assertEquals(expected, Resolvers.refusal(resolver, WWW).getMessage());
    witnesses.fails(other, failure(LookupFailure.Kind.SERVER_FAILURE, "answered SERVFAIL"));
    assertEquals(expected, Resolvers.refusal(resolver, WWW).getMessage());
  }

  /** RFC 4074 §4.2: the name may have addresses of the other family. */
  @ParameterizedTest
  @CsvSource({"A, AAAA", "AAAA, A"})
  void noSuchNameDoesNotHideThatTheOtherAnswerIsMissing(RecordType one, RecordType other) {
    witnesses.answers(one, Answer.noSuchName(60, SERVER));
    for (LookupFailure missing :
        List.of(
            failure(LookupFailure.Kind.TIMEOUT, "no answer in time"),
            failure(LookupFailure.Kind.UNREACHABLE, "connection refused"),
            failure(LookupFailure.Kind.UNTRUSTED, "wrong certificate"),
            LookupFailure.bogus(SERVER, "sent a bogus answer", 6))) {
      witnesses.fails(other, missing);
      assertEquals(
          WWW + ": " + missing.getMessage(), Resolvers.refusal(resolver, WWW).getMessage());
    }
  }

  @Test
  void aNameWithoutAddress() {
    witnesses.answers(RecordType.A, Answer.noData(60, SERVER));
    witnesses.answers(RecordType.AAAA, Answer.noData(60, SERVER));
    assertEquals(
        WWW + ": no address (NODATA from 192.0.2.53)",
        Resolvers.refusal(resolver, WWW).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"A, AAAA", "AAAA, A"})
  void aFailureIsReportedBeforeNodata(RecordType one, RecordType other) {
    LookupFailure failure = failure("no answer in time");
    witnesses.fails(one, failure);
    witnesses.answers(other, Answer.noData(60, SERVER));
    UnknownHostException unknown = Resolvers.refusal(resolver, WWW);
    assertEquals(
        WWW + ": no answer over TLS: 192.0.2.53@853 no answer in time", unknown.getMessage());
    assertEquals(failure.getMessage(), unknown.getCause().getMessage());
  }

  /** No failure leads back to the system resolver. */
  @Test
  void aFailureOverTlsIsFinal() {
    witnesses.fails(RecordType.A, failure("refused"));
    witnesses.fails(RecordType.AAAA, failure("refused"));
    Resolvers.refusal(resolver, WWW);
    assertEquals(List.of("dot " + WWW + " AAAA", "dot " + WWW + " A"), witnesses.asked());
  }

  @Test
  void theInterruptFlagOfTheCallerIsKept() throws UnknownHostException {
    Thread.currentThread().interrupt();
    int found = resolver.addresses(WWW, AddressFamilyPolicy.IPV4_FIRST).length;
    assertTrue(Thread.interrupted());
    assertEquals(2, found);
  }
}
