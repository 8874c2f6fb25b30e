package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What time does to a connection: the connect limit, idleness, silence. */
@Timeout(20)
class DotLifetimeTest {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(9);
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedLink link = new ScriptedLink();
  private final DotConnection connection = new DotConnection(link, threads, timers, "dns.example");

  @BeforeEach
  void start() {
    connection.start(CONNECT_LIMIT.toNanos());
  }

  @AfterEach
  void end() throws InterruptedException {
    connection.end(ExchangeFailure.unreachable("the test is over", null));
    link.close();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void oneThatDoesNotOpenIsEndedAtTheConnectLimit() {
    Exchange exchange = send();
    timers.advance(CONNECT_LIMIT.minus(A_MOMENT));
    assertFalse(connection.hasEnded());
    assertFalse(exchange.isDone());
    timers.advance(A_MOMENT);
    assertTrue(link.isClosed());
    Failed.with(Kind.TIMEOUT, "connect timed out", exchange.response());
  }

  @Test
  void oneThatGotAsFarAsTcpSaysThatTlsIsMissing() {
    Exchange exchange = send();
    link.letReach();
    timers.advance(CONNECT_LIMIT);
    Failed.with(Kind.TIMEOUT, "no TLS session in time", exchange.response());
  }

  @Test
  void oneThatIsOpenKnowsNoConnectLimit() throws Exception {
    open();
    timers.advance(CONNECT_LIMIT.plus(A_SECOND));
    assertTrue(connection.isOpen());
  }

  @Test
  void oneThatOpensTooLateStaysEnded() throws Exception {
    timers.advance(CONNECT_LIMIT);
    link.letOpen();
    threads.join();
    assertFalse(connection.isOpen());
    assertTrue(connection.hasEnded());
  }

  @Test
  void oneThatIsNeverUsedIsClosedAfterNineSeconds() throws Exception {
    open();
    timers.advance(IDLE.minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    link.awaitLeave();
    assertEquals("closed as idle", connection.end().getMessage());
  }

  @Test
  void aServerThatDoesNotTakeALeaveIsLeftAllTheSame() throws Exception {
    link.hangInLeaving();
    open();
    timers.advance(IDLE);
    link.awaitLeave();
    assertFalse(link.isClosed());
    timers.advance(A_SECOND);
    assertTrue(link.isClosed());
  }

  @Test
  void nineSecondsAreCountedFromTheLastAnswer() throws Exception {
    open();
    timers.advance(Duration.ofSeconds(4));
    answered();
    timers.advance(Duration.ofSeconds(4));
    answered();
    timers.advance(IDLE.minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    assertTrue(connection.hasEnded());
  }

  @Test
  void oneThatOwesAnAnswerIsNotIdle() throws Exception {
    open();
    Exchange exchange = new Exchange(Messages.query("slow.example"), true);
    assertTrue(connection.send(exchange));
    byte[] query = link.nextQuery();
    timers.advance(IDLE.multipliedBy(2));
    assertTrue(connection.isOpen());
    link.respondTo(query);
    exchange.response().get();
    timers.advance(IDLE.minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_SECOND);
    assertTrue(connection.hasEnded());
  }

  @Test
  void oneThatOwesAnAnswerAndSaysNothingForTwoSecondsIsDead() throws Exception {
    open();
    answered();
    timers.advance(A_SECOND);
    Exchange exchange = send();
    link.nextQuery();
    timers.advance(A_SECOND.multipliedBy(2).minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    Failed.with(Kind.UNREACHABLE, "the connection went silent", exchange.response());
    assertTrue(link.isClosed());
    assertFalse(link.wasLeftInOrder(), "nobody would listen");
  }

  @Test
  void anAnswerToAnotherQuestionShowsThatItLives() throws Exception {
    open();
    Exchange slow = send();
    link.nextQuery();
    for (int i = 0; i < 5; i++) {
      timers.advance(A_SECOND);
      answered();
    }
    assertTrue(connection.isOpen());
    assertFalse(slow.isDone());
  }

  @Test
  void theServersOwnLimitHoldsLessATenth() throws Exception {
    open();
    answered();
    connection.idleLimit().serverKeepsFor(Duration.ofSeconds(3).toNanos());
    timers.advance(Duration.ofMillis(2_700).minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    assertEquals("closed as idle", connection.end().getMessage());
  }

  @Test
  void aPatientServerIsNotHeldOnToForHours() throws Exception {
    open();
    answered();
    connection.idleLimit().serverKeepsFor(Duration.ofHours(1).toNanos());
    timers.advance(Duration.ofMinutes(2).minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    assertTrue(connection.hasEnded());
  }

  @Test
  void oneThatTheServerWantsToBeRidOfTakesNoMoreAndEndsWhenItOwesNothing() throws Exception {
    open();
    Exchange owed = send();
    byte[] query = link.nextQuery();
    connection.idleLimit().serverKeepsFor(0);
    assertFalse(connection.takesQueries());
    timers.advance(A_SECOND);
    assertTrue(connection.isOpen());
    link.respondTo(query);
    owed.response().get();
    timers.advance(A_SECOND);
    assertTrue(connection.hasEnded());
  }

  @Test
  void oneWithAQueryInItsQueueIsNotIdle() throws Exception {
    link.stopReading();
    open();
    Exchange written = send();
    link.nextQuery(); // the writer hangs in this write
    Exchange queued = send();
    connection.giveUp(written);
    timers.advance(IDLE.multipliedBy(2));
    assertTrue(connection.isOpen());
    connection.giveUp(queued);
    timers.advance(A_SECOND);
    assertTrue(connection.hasEnded());
    timers.advance(A_SECOND);
    assertTrue(link.isClosed(), "the writer cannot take leave");
  }

  @Test
  void nothingIsHeardSinceAQueryThatIsGivenUp() throws Exception {
    open();
    Exchange other = sentAfter(A_SECOND);
    Exchange exchange = sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    connection.giveUp(exchange);
    Failed.with(Kind.UNREACHABLE, "the connection went silent", other.response());
    assertTrue(link.isClosed());
  }

  @Test
  void anAnswerToAnyQuestionIsASignOfLife() throws Exception {
    open();
    Exchange exchange = sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    answered();
    connection.giveUp(exchange);
    assertTrue(connection.isOpen());
  }

  @Test
  void anAnswerFromBeforeIsNoSignOfLife() throws Exception {
    open();
    answered();
    Exchange exchange = sentAfter(A_SECOND);
    connection.giveUp(exchange);
    assertTrue(connection.hasEnded());
  }

  @Test
  void halfAMessageIsNoSignOfLife() throws Exception {
    open();
    Exchange exchange = sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    link.sendOctets((byte) 0, (byte) 200, (byte) 1);
    connection.giveUp(exchange);
    assertTrue(connection.hasEnded());
  }

  @Test
  void aQueryGivenUpBeforeItWasSentSaysNothing() throws Exception {
    Exchange exchange = send();
    timers.advance(A_SECOND);
    connection.giveUp(exchange);
    assertFalse(connection.hasEnded());
    link.letOpen();
    link.awaitReader();
    assertTrue(connection.isOpen());
    Exchange next = send();
    link.respondTo(link.nextQuery());
    next.response().get();
    assertFalse(link.hasWrites(), "the one that was given up never went out");
  }

  @Test
  void theAnswerToAQueryThatWasGivenUpIsIgnored() throws Exception {
    open();
    Exchange late = sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    answered();
    connection.giveUp(late);
    link.send(Messages.response(late.query(), late.id()));
    answered();
    assertFalse(late.isDone());
    assertTrue(connection.isOpen());
  }

  private void open() throws InterruptedException {
    link.letOpen();
    link.awaitReader();
  }

  private Exchange send() {
    Exchange exchange = new Exchange(Messages.query("a.example"));
    assertTrue(connection.send(exchange));
    return exchange;
  }

  private Exchange sentAfter(Duration time) throws Exception {
    timers.advance(time);
    Exchange exchange = send();
    link.nextQuery();
    return exchange;
  }

  private void answered() throws Exception {
    Exchange exchange = send();
    link.respondTo(link.nextQuery());
    exchange.response().get();
  }
}
