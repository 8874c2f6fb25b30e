package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What one server sends is bogus, and another one is asked, once. */
class AnotherServerTest {
  private static final String NAME = "www.bank.test.";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();
  private ValidatingLookup lookup;

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign("test.").sign("bank.test.").leaveUnsigned("plain.test.");
    lookup =
        new ValidatingLookup(
            zones,
            new DnssecPolicy(true, List.of(), zones.anchors()),
            Runnable::run,
            timers,
            TIMEOUT.toNanos());
  }

  private Message honest() {
    Message message = SignedZones.response(NAME, Type.A, Rcode.NOERROR);
    return zones.with(
        message, Section.ANSWER, "bank.test.", SignedZones.record(NAME, Type.A, "192.0.2.1"));
  }

  private static Message forged() {
    Message message = SignedZones.response(NAME, Type.A, Rcode.NOERROR);
    message.addRecord(SignedZones.record(NAME, Type.A, "198.51.100.66"), Section.ANSWER);
    return message;
  }

  @Test
  void theirAnswerCountsIfItIsSecure() throws Exception {
    zones.answer(NAME, Type.A, forged());
    zones.otherAnswers(NAME, Type.A, honest());
    Answer answer = ask().get();
    assertEquals(SecurityStatus.SECURE, answer.security());
    assertEquals(SignedZones.OTHER, answer.server());
  }

  /** A server that strips all signatures strips those of the keys as well. */
  @Test
  void theKeysAreAskedOfTheOtherToo() throws Exception {
    zones.answer("test.", Type.DS, SignedZones.response("test.", Type.DS, Rcode.NOERROR));
    zones.answer(NAME, Type.A, forged());
    zones.otherAnswers(NAME, Type.A, honest());
    assertEquals(SecurityStatus.SECURE, ask().get().security());
    assertTrue(zones.asked().contains("other test./DS"), zones.asked()::toString);
  }

  /** One that is asked in the place of one that lies must not get a name past the check. */
  @Test
  void theirForgeryIsBogusAsWell() {
    zones.answer(NAME, Type.A, forged());
    zones.otherAnswers(NAME, Type.A, forged());
    LookupFailure failure = failure();
    assertEquals(LookupFailure.Kind.BOGUS, failure.kind());
    assertTrue(failure.getMessage().contains(SignedZones.SERVER), failure.getMessage());
    assertEquals(1, zones.asked().stream().filter(("other " + NAME + "/A")::equals).count());
  }

  @Test
  void ifTheyFailTheFirstVerdictStands() {
    zones.answer(NAME, Type.A, forged());
    zones.otherAnswers("else.test.", Type.A, forged()); // for NAME it answers SERVFAIL
    assertEquals(LookupFailure.Kind.BOGUS, failure().kind());
  }

  @Test
  void ifTheyAreSilentTheFirstVerdictStandsWhenTheTimeIsOver() {
    zones.answer(NAME, Type.A, forged());
    zones.otherAnswers(NAME, Type.A, honest());
    CompletableFuture<Answer> asked = askWhileTheOtherIsSilent();
    timers.advance(TIMEOUT.minusMillis(1));
    assertFalse(asked.isDone());
    timers.advance(Duration.ofMillis(2));
    ExecutionException failed = assertThrows(ExecutionException.class, asked::get);
    LookupFailure bogus = assertInstanceOf(LookupFailure.class, failed.getCause());
    assertEquals(LookupFailure.Kind.BOGUS, bogus.kind());
    assertEquals(0, timers.waiting());
  }

  /** The other's key does not come. */
  private CompletableFuture<Answer> askWhileTheOtherIsSilent() {
    CompletableFuture<Answer> first = ask(); // what the first server has of the chain is kept
    assertTrue(first.isDone());
    zones.isSilentAbout(NAME, Type.A, SignedZones.OTHER);
    return ask();
  }

  @Test
  void withoutAnotherServerTheVerdictIsFinalAtOnce() {
    zones.answer(NAME, Type.A, forged());
    assertEquals(LookupFailure.Kind.BOGUS, failure().kind());
    assertEquals(0, timers.waiting());
  }

  @Test
  void whatIsNotBogusIsNotAskedTwice() throws Exception {
    zones.answer(NAME, Type.A, honest());
    zones.otherAnswers(NAME, Type.A, forged());
    assertEquals(SignedZones.SERVER, ask().get().server());
    assertFalse(zones.asked().stream().anyMatch(asked -> asked.startsWith("other")));
  }

  private CompletableFuture<Answer> ask() {
    return lookup.lookup(
        Question.of("www.bank.test", RecordType.A), name -> true, timers.nanoTime());
  }

  private LookupFailure failure() {
    CompletableFuture<Answer> asked = ask();
    assertTrue(asked.isDone());
    ExecutionException failed = assertThrows(ExecutionException.class, asked::get);
    return assertInstanceOf(LookupFailure.class, failed.getCause());
  }
}
