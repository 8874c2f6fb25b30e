package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.dot.ExchangeFailures;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers given by name: when the name is looked up, and the use of the answers. */
@Timeout(20)
class NamedServersTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final String NAME = "dns.example";

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final Map<String, ScriptedTransport> servers = new LinkedHashMap<>();

  /** Threads that run when the test says so. */
  private final List<Runnable> threads = new ArrayList<>();

  private final ThreadStarter starting = (role, work) -> threads.add(work);
  private String[] addresses = {"192.0.2.1", "2001:db8::1"};
  private int asked;
  private Runnable whileAsked = () -> {};

  private final NamedServers named =
      new NamedServers(
          UpstreamSpec.byName(NAME, 853),
          "corp.example",
          this::addressesOf,
          this::server,
          starting,
          timers,
          log);
  private final UpstreamPool pool =
      new UpstreamPool(
          new Servers(List.of(Servers.Entry.of(named)), timers), timers, TIMEOUT.toNanos(), log);

  private InetAddress[] addressesOf(String name) throws UnknownHostException {
    assertEquals(NAME, name);
    asked++;
    whileAsked.run();
    if (addresses.length == 0) {
      throw new UnknownHostException(name + ": Name or service not known");
    }
    InetAddress[] found = new InetAddress[addresses.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = AddressLiteral.parse(addresses[i]).orElseThrow();
    }
    return found;
  }

  private Upstream server(UpstreamSpec spec) {
    ScriptedTransport transport = new ScriptedTransport(timers);
    servers.put(spec.toString(), transport);
    return new Upstream(
        spec,
        transport,
        timers,
        new UpstreamStats(spec.toString(), timers, ScriptedPool.FULL_TERM, log));
  }

  @Test
  void theFirstNameThatIsKnownIsEnough() throws Exception {
    NamedServers silent =
        new NamedServers(
            UpstreamSpec.byName("slow.example", 853),
            "",
            name -> {
              throw new AssertionError("its thread is never run");
            },
            this::server,
            starting,
            timers,
            log);
    UpstreamPool both =
        new UpstreamPool(
            new Servers(List.of(Servers.Entry.of(silent), Servers.Entry.of(named)), timers),
            timers,
            TIMEOUT.toNanos(),
            log);
    CompletableFuture<Answer> answer = both.lookup(Question.of("a.example", RecordType.A));
    threads.get(1).run();
    servers.values().iterator().next().last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
  }

  /** A program stops the thread that asks for the name (Thread.stop). */
  @Test
  void aNameWhoseThreadIsStoppedIsAskedForOnceMore() throws Exception {
    whileAsked =
        () -> {
          throw new ThreadDeath();
        };
    lookup();
    Thread stopped = new Thread(threads.remove(0));
    stopped.setUncaughtExceptionHandler((thread, death) -> {});
    stopped.start();
    stopped.join();
    whileAsked = () -> {};
    timers.advance(Duration.ofNanos(NamedServers.ASK_AGAIN_NANOS));
    CompletableFuture<Answer> answer = lookup();
    threads.remove(0).run();
    servers.values().iterator().next().last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
    assertEquals(2, asked);
  }

  @Test
  void areOutOfReachOnceTheirNameWasAskedForInVain() {
    addresses = new String[0];
    CompletableFuture<Answer> answer = lookup();
    assertFalse(pool.isOutOfReach("a.example"), "it is being asked for");
    threads.remove(0).run();
    assertTrue(answer.isCompletedExceptionally());
    assertTrue(pool.isOutOfReach("a.example"));
  }

  @Test
  void lookupsWaitForTheAddresses() throws Exception {
    CompletableFuture<Answer> first = lookup();
    CompletableFuture<Answer> second = lookup();
    runThreads();
    assertEquals(1, asked, "for both");
    assertEquals(List.of("192.0.2.1@853#dns.example", "2001:db8::1@853#dns.example"), names());
    servers.get("192.0.2.1@853#dns.example").answerAll("203.0.113.7");
    assertEquals("192.0.2.1", first.get().server());
    assertTrue(second.isDone());
  }

  @Test
  void warmUpAsksForThemAndConnects() {
    pool.warmUp(() -> {});
    runThreads();
    assertEquals(1, servers.get("192.0.2.1@853#dns.example").warmedUp());
  }

  @Test
  void aNameThatIsNotKnownFailsTheLookup() {
    addresses = new String[0];
    CompletableFuture<Answer> answer = lookup();
    runThreads();
    assertEquals(
        "no answer over TLS: dns.example@853 the system resolver found no address for it:"
            + " dns.example: Name or service not known",
        failureOf(answer).getMessage());
  }

  @Test
  void aSystemResolverThatHangsEndsNoLaterThanTheLookup() {
    CompletableFuture<Answer> answer = lookup();
    timers.advance(TIMEOUT.minusNanos(1));
    assertFalse(answer.isDone());
    timers.advance(Duration.ofNanos(1));
    assertEquals(
        "no answer over TLS: dns.example@853 the system resolver did not return its address in"
            + " time",
        failureOf(answer).getMessage());
    lookup();
    assertEquals(1, threads.size(), "no second thread asks beside it");
  }

  /** As on a machine that has no room for another thread. */
  @Test
  void askedAgainByTheNextLookupWhenTheThreadNeverBegan() {
    CompletableFuture<Void> first = named.ask();
    threads.clear();
    timers.advance(Duration.ofNanos(NamedServers.NOT_BEGUN_NANOS - 1));
    named.ask();
    assertEquals(0, threads.size(), "it may begin yet");
    timers.advance(Duration.ofNanos(1));
    named.ask();
    runThreads();
    assertEquals(1, asked);
    assertTrue(first.isDone(), "who waited since then gets the answer too");
  }

  @Test
  void neverTwiceAtOnceHoweverLongTheSystemResolverTakes() {
    CompletableFuture<Void> nested = new CompletableFuture<>();
    whileAsked =
        () -> {
          timers.advance(Duration.ofNanos(2 * NamedServers.NOT_BEGUN_NANOS));
          named.ask();
          nested.complete(null);
        };
    named.ask();
    runThreads();
    assertTrue(nested.isDone());
    assertEquals(0, threads.size());
  }

  @Test
  void askedAgainWhenNoneAnswersAndNotMoreThanOnceASecond() throws Exception {
    pool.warmUp(() -> {});
    runThreads();
    failOnce();
    failOnce();
    runThreads();
    assertEquals(1, asked, "within the second");
    timers.advance(Duration.ofSeconds(1));
    addresses = new String[] {"192.0.2.9", "192.0.2.1"};
    ScriptedTransport kept = servers.get("192.0.2.1@853#dns.example");
    failOnce();
    runThreads();
    assertEquals(2, asked);
    CompletableFuture<Answer> answer = lookup();
    servers.get("192.0.2.9@853#dns.example").answerAll("203.0.113.7");
    assertEquals("192.0.2.9", answer.get().server());
    assertEquals(kept, servers.get("192.0.2.1@853#dns.example"), "the same server, known already");
  }

  @Test
  void theOldAddressesStayWhenNoneIsFound() throws Exception {
    pool.warmUp(() -> {});
    runThreads();
    timers.advance(Duration.ofSeconds(1));
    addresses = new String[0];
    failOnce();
    runThreads();
    assertEquals(2, asked);
    CompletableFuture<Answer> answer = lookup();
    servers.values().forEach(server -> server.answerAll("203.0.113.7"));
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
  }

  /** What people see while there is no server to show. */
  @Test
  void theStatusOfTheNameUntilItHasAnAddress() {
    assertEquals(List.of("dns.example@853 corp.example untried "), status());
    addresses = new String[0];
    timers.advance(Duration.ofSeconds(10));
    lookup();
    assertEquals(List.of("dns.example@853 corp.example untried "), status());
    runThreads();
    String notFound =
        "the system resolver found no address for it: dns.example: Name or service not known";
    assertEquals(
        List.of("dns.example@853 corp.example unreachable 1970-01-01T00:00:10Z " + notFound),
        status());
    timers.advance(Duration.ofSeconds(2));
    lookup();
    runThreads();
    assertEquals(
        List.of(
            "dns.example@853 corp.example unreachable 1970-01-01T00:00:12Z "
                + notFound
                + " (2 times since 1970-01-01T00:00:10Z)"),
        status());
    addresses = new String[] {"192.0.2.1", "2001:db8::1"};
    timers.advance(Duration.ofSeconds(2));
    lookup();
    runThreads();
    assertEquals(
        List.of("192.0.2.1@853#dns.example  untried ", "2001:db8::1@853#dns.example  untried "),
        status());
  }

  @Test
  void theStatusOfANameThatTheSystemResolverDoesNotAnswer() {
    timers.advance(Duration.ofSeconds(10));
    lookup();
    timers.advance(Duration.ofNanos(NamedServers.SLOW_NANOS - 1));
    assertEquals(List.of("dns.example@853 corp.example untried "), status());
    timers.advance(Duration.ofNanos(1));
    assertEquals(
        List.of(
            "dns.example@853 corp.example backing off 1970-01-01T00:00:10Z the system resolver did"
                + " not return its address in time"),
        status());
  }

  /** By address, zone, state and last error. */
  private List<String> status() {
    List<String> all = new ArrayList<>();
    for (UpstreamStatus each : pool.status()) {
      all.add(each.address() + " " + each.zone() + " " + each.state() + " " + each.lastError());
    }
    return all;
  }

  private CompletableFuture<Answer> lookup() {
    return pool.lookup(Question.of("a.example", RecordType.A));
  }

  private void runThreads() {
    List<Runnable> due = List.copyOf(threads);
    threads.clear();
    due.forEach(Runnable::run);
  }

  private List<String> names() {
    return List.copyOf(servers.keySet());
  }

  private void failOnce() {
    CompletableFuture<Answer> failing = lookup();
    for (int round = 0; round < 2; round++) {
      for (ScriptedTransport server : servers.values()) {
        List.copyOf(server.all()).forEach(one -> one.fail(ExchangeFailures.unreachable("x")));
      }
    }
    failureOf(failing);
  }

  private static LookupFailure failureOf(CompletableFuture<Answer> answer) {
    ExecutionException thrown = assertThrows(ExecutionException.class, answer::get);
    return assertInstanceOf(LookupFailure.class, thrown.getCause());
  }
}
