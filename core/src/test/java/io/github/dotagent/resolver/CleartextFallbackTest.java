package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code profile=opportunistic}: the system answers while no server can be reached, and no longer.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CleartextFallbackTest {
  private static final String HOST = "www.example.com";
  private static final String OF_SYSTEM = "www.example.com/10.0.0.2";
  private static final String BEGINS =
      "WARN no upstream can be reached: until one answers, the system resolver is asked, in the"
          + " clear (profile=opportunistic)";
  private static final String ENDS = "WARN an upstream answers again: names go over TLS";

  private final Witnesses witnesses = new Witnesses();
  private final RecordedLog log = new RecordedLog();
  private final ManualTimers timers = new ManualTimers();
  private final PolicyResolver resolver = with(true);

  private PolicyResolver with(boolean opportunistic) {
    return new PolicyResolver(
        witnesses.dot(),
        witnesses.system(),
        new NamePolicy(List.of(), true, null, SearchPolicy.OFF, opportunistic),
        SameThread.THREADS,
        timers,
        Resolvers.TIMEOUT,
        log,
        StartWait.none(),
        destination -> null);
  }

  private void unreachable() {
    LookupFailure failure =
        LookupFailure.of(
            List.of(
                new LookupFailure.Attempt("x", LookupFailure.Kind.UNREACHABLE, "no route", null)));
    witnesses.fails(RecordType.A, failure).fails(RecordType.AAAA, failure);
    witnesses.fails(RecordType.PTR, failure);
    witnesses.outOfReach = true;
  }

  private List<String> addresses() throws UnknownHostException {
    return Resolvers.texts(resolver.addresses(HOST, AddressFamilyPolicy.IPV4_ONLY));
  }

  @Test
  void theSystemAnswersForThisNameAndNoOther() throws UnknownHostException {
    assertEquals(0, resolver.inClear());
    unreachable();
    assertEquals(List.of(OF_SYSTEM), addresses());
    assertEquals(1, resolver.inClear());
    assertEquals(
        List.of("dot www.example.com A", "system www.example.com. IPV4_ONLY"), witnesses.asked());
  }

  /** Servers that come and go use the lines up; then they stay away. */
  @Test
  void aFallbackThatLastsIsLoggedOnceThereAreLinesAgain() throws UnknownHostException {
    unreachable();
    for (int i = 0; i < LineBudget.MOST; i++) {
      witnesses.outOfReach = i % 2 == 0;
      assertEquals(witnesses.outOfReach, resolver.mayLeaveInClear(HOST));
    }
    witnesses.outOfReach = true;
    assertTrue(resolver.mayLeaveInClear(HOST));
    assertEquals(LineBudget.MOST, warnings().size());
    timers.advance(Duration.ofNanos(LineBudget.EARNED_IN_NANOS));
    for (int i = 0; i < 5; i++) {
      assertTrue(resolver.mayLeaveInClear(HOST));
    }
    assertEquals(LineBudget.MOST + 1, warnings().size());
    assertTrue(warnings().get(LineBudget.MOST).startsWith(BEGINS), warnings().toString());
  }

  private List<String> warnings() {
    return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
  }

  @Test
  void reverseLookupsFallBackToo() throws UnknownHostException {
    unreachable();
    assertEquals("of-the-system", resolver.nameOf(new byte[] {(byte) 192, 0, 2, 1}));
    assertEquals(1, resolver.inClear());
  }

  @Test
  void strictNeverDoes() {
    unreachable();
    UnknownHostException refusal = Resolvers.refusal(with(false), HOST);
    assertEquals(HOST + ": no answer over TLS: x no route", refusal.getMessage());
    assertTrue(witnesses.asked().stream().noneMatch(line -> line.startsWith("system")));
  }

  /** Of one that shows a wrong identity it is never said that it is out of reach. */
  @Test
  void aFailureOfAServerThatIsThereStaysOne() {
    unreachable();
    witnesses.outOfReach = false;
    Resolvers.refusal(resolver, HOST);
    assertTrue(witnesses.asked().stream().noneMatch(line -> line.startsWith("system")));
  }

  /** The failure is remembered (RFC 9520), and the servers have gone since. */
  @Test
  void nothingTakesThePlaceOfABogusAnswer() {
    LookupFailure bogus = LookupFailure.bogus("x", "sent a bogus answer", 6);
    unreachable();
    witnesses.fails(RecordType.A, bogus).fails(RecordType.PTR, bogus);
    Resolvers.refusal(resolver, HOST);
    assertThrows(
        UnknownHostException.class, () -> resolver.nameOf(new byte[] {(byte) 192, 0, 2, 1}));
    assertTrue(witnesses.asked().stream().noneMatch(line -> line.startsWith("system")));
    assertEquals(0, resolver.inClear());
  }

  /** Nothing vouches for what the system resolver says. */
  @Test
  void namesThatMustBeSecureDoNotFallBack() throws UnknownHostException {
    NamePolicy policy =
        new NamePolicy(List.of(), true, null, SearchPolicy.OFF, true)
            .withSecureDomains(List.of("example.com"));
    PolicyResolver requiring = Resolvers.with(witnesses, policy);
    unreachable();
    UnknownHostException refusal = Resolvers.refusal(requiring, HOST);
    assertEquals(HOST + ": no answer over TLS: x no route", refusal.getMessage());
    assertFalse(requiring.mayLeaveInClear(HOST));
    assertTrue(witnesses.asked().stream().noneMatch(line -> line.startsWith("system")));
    assertTrue(requiring.mayLeaveInClear("www.example.org"));
    PolicyResolver next = resolver.next(witnesses.dot(), policy, Resolvers.TIMEOUT);
    assertFalse(next.mayLeaveInClear(HOST), "new settings hold for the next lookup");
  }

  @Test
  void nxdomainIsAnAnswer() {
    witnesses.exist();
    witnesses.outOfReach = true;
    Resolvers.refusal(resolver, HOST);
    assertTrue(witnesses.asked().stream().noneMatch(line -> line.startsWith("system")));
  }

  /**
   * No lookup waits for the upstreams: the hand-driven clock stands still, and they never answer.
   */
  @Test
  void theServersAreAskedInPassing() throws UnknownHostException {
    witnesses.answers(RecordType.A, new CompletableFuture<>());
    witnesses.outOfReach = true;
    assertEquals(List.of(OF_SYSTEM), addresses());
    assertEquals("dot www.example.com A", witnesses.asked().get(0));
  }

  /** None of them was waited for, so what they are doing says nothing of how long they take. */
  @Test
  void aLookupThatDidNotWaitIsNotLogged() throws UnknownHostException {
    witnesses.doing = "192.0.2.53@853#dns.example connecting for 900 ms";
    witnesses.answers(RecordType.A, new CompletableFuture<>());
    witnesses.answers(RecordType.PTR, new CompletableFuture<>());
    witnesses.outOfReach = true;
    addresses();
    resolver.nameOf(new byte[] {(byte) 192, 0, 2, 1});
    assertEquals(List.of(BEGINS), log.lines());
  }

  @Test
  void cachedAnswersAreUsed() throws UnknownHostException {
    witnesses.outOfReach = true; // the cached answer still comes at once
    assertEquals(List.of("www.example.com/192.0.2.3"), addresses());
  }

  /** Of a lookup that began while there was none, and so did not wait. */
  @Test
  void aServerThatHasJustRecoveredIsWaitedFor() throws UnknownHostException {
    witnesses.answers(
        RecordType.A, backWhenAsked(Answer.addresses(List.of(Witnesses.IPV4), 1, "")));
    witnesses.outOfReach = true;
    assertEquals(List.of("www.example.com/192.0.2.3"), addresses());

    witnesses.answers(RecordType.PTR, backWhenAsked(Answer.names(List.of("host.example"), 1, "")));
    witnesses.outOfReach = true;
    assertEquals("host.example", resolver.nameOf(new byte[] {(byte) 192, 0, 2, 1}));
    assertTrue(witnesses.asked().stream().noneMatch(line -> line.startsWith("system")));
  }

  /** Has no answer for a lookup that does not wait, and one for a lookup that waits. */
  private CompletableFuture<Answer> backWhenAsked(Answer answer) {
    return new CompletableFuture<>() {
      @Override
      public Answer get(long most, TimeUnit unit) throws TimeoutException {
        witnesses.outOfReach = false;
        if (most == 0) {
          throw new TimeoutException();
        }
        return answer;
      }
    };
  }

  @Test
  void itsBeginAndItsEndAreLoggedOnce() throws UnknownHostException {
    unreachable();
    addresses();
    addresses();
    assertEquals(List.of(BEGINS), log.lines());
    witnesses.outOfReach = false;
    witnesses.answers(RecordType.A, Answer.addresses(List.of(Witnesses.IPV4), 1, Witnesses.SERVER));
    for (InetAddress address : resolver.addresses(HOST, AddressFamilyPolicy.IPV4_ONLY)) {
      assertEquals("192.0.2.3", address.getHostAddress());
    }
    addresses();
    assertEquals(List.of(BEGINS, ENDS), log.lines());
  }
}
