package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What time does to a connection: the connect limit, idleness, silence. */
@Timeout(20)
class DotLifetimeTest {
  private static final Duration CONNECT_LIMIT = ConnectionUnderTest.CONNECT_LIMIT;
  private static final Duration IDLE = Duration.ofSeconds(9);
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final ConnectionUnderTest tested = new ConnectionUnderTest();
  private final ManualTimers timers = tested.timers;
  private final ScriptedLink link = tested.link;
  private final DotConnection connection = tested.connection;

  @AfterEach
  void end() throws InterruptedException {
    tested.end();
  }

  @Test
  void tellsHowFarItIsAndHowLongTheServerIsSilent() throws Exception {
    timers.advance(Duration.ofMillis(300));
    assertEquals("connecting for 300 ms", connection.doing());
    link.letReach();
    timers.advance(Duration.ofMillis(400));
    assertEquals("in TLS for 700 ms", connection.doing());
    tested.open();
    assertEquals("connected", connection.doing());
    tested.sentAfter(Duration.ofMillis(100));
    timers.advance(Duration.ofMillis(200));
    assertEquals("silent for 200 ms", connection.doing());
  }

  @Test
  void theConnectLimitEndsAConnectionThatDoesNotOpen() {
    PendingQuery exchange = tested.send();
    timers.advance(CONNECT_LIMIT.minus(A_MOMENT));
    assertFalse(connection.hasEnded());
    assertFalse(exchange.isDone());
    timers.advance(A_MOMENT);
    assertTrue(link.isClosed());
    Failed.with(Kind.TIMEOUT, "connect timed out", Exchanges.response(exchange));
  }

  @Test
  void afterTheTcpConnectTheFailureNamesTls() {
    PendingQuery exchange = tested.send();
    link.letReach();
    timers.advance(CONNECT_LIMIT);
    Failed.with(Kind.TIMEOUT, "no TLS session in time", Exchanges.response(exchange));
  }

  @Test
  void theConnectLimitDoesNotEndAnOpenConnection() throws Exception {
    tested.open();
    timers.advance(CONNECT_LIMIT.plus(A_SECOND));
    assertTrue(connection.isOpen());
  }

  /** A timer holds what it is for: some servers close a connection after each query. */
  @Test
  void openAndEndedConnectionsCancelTheConnectLimit() throws Exception {
    tested.open();
    tested.answered(); // by now the writer has nothing more to do with its opening
    assertEquals(1, timers.waiting(), "its upkeep");
    ConnectionUnderTest refused = new ConnectionUnderTest();
    refused.end();
    assertEquals(0, refused.timers.waiting());
  }

  @Test
  void aConnectionThatOpensTooLateStaysEnded() throws Exception {
    timers.advance(CONNECT_LIMIT);
    link.letOpen();
    tested.threads.join();
    assertFalse(connection.isOpen());
    assertTrue(connection.hasEnded());
  }

  @Test
  void oneThatIsNeverUsedIsClosedAfterNineSeconds() throws Exception {
    tested.open();
    timers.advance(IDLE.minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    link.awaitLeave();
    assertEquals("closed as idle", connection.end().getMessage());
  }

  @Test
  void aHungCloseNotifyDoesNotKeepTheConnection() throws Exception {
    link.hangInLeaving();
    tested.open();
    timers.advance(IDLE);
    link.awaitLeave();
    assertFalse(link.isClosed());
    timers.advance(A_SECOND);
    assertTrue(link.isClosed());
  }

  @Test
  void aFailedCloseNotifyDoesNotKeepTheConnection() throws Exception {
    link.failInLeaving();
    tested.open();
    timers.advance(IDLE);
    link.awaitLeave();
    link.awaitClose();
  }

  @Test
  void nineSecondsAreCountedFromTheLastAnswer() throws Exception {
    tested.open();
    timers.advance(Duration.ofSeconds(4));
    tested.answered();
    timers.advance(Duration.ofSeconds(4));
    tested.answered();
    timers.advance(IDLE.minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    assertTrue(connection.hasEnded());
  }

  @Test
  void oneThatOwesAnAnswerIsNotIdle() throws Exception {
    tested.open();
    PendingQuery exchange = Exchanges.of(Messages.query("slow.example"), true);
    assertTrue(connection.send(exchange));
    byte[] query = link.nextQuery();
    timers.advance(IDLE.multipliedBy(2));
    assertTrue(connection.isOpen());
    link.respondTo(query);
    Exchanges.response(exchange).get();
    timers.advance(IDLE.minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_SECOND);
    assertTrue(connection.hasEnded());
  }

  @Test
  void twoSecondsOfSilencePutAConnectionInDoubt() throws Exception {
    tested.open();
    tested.answered();
    timers.advance(A_SECOND);
    PendingQuery exchange = tested.send();
    link.nextQuery();
    timers.advance(A_SECOND.multipliedBy(2).minus(A_MOMENT));
    assertTrue(connection.takesQueries());
    timers.advance(A_MOMENT);
    assertFalse(connection.takesQueries());
    assertEquals(1, Exchanges.doubts(exchange));
    assertFalse(exchange.isDone(), "it may still be answered");
    tested.giveUp(exchange);
    assertTrue(link.isClosed());
    assertFalse(link.wasLeftInOrder(), "it is not listened to");
  }

  @Test
  void aDoubtedConnectionStillBringsItsResponse() throws Exception {
    tested.open();
    tested.answered();
    timers.advance(A_SECOND);
    PendingQuery exchange = tested.send();
    byte[] query = link.nextQuery();
    timers.advance(A_SECOND.multipliedBy(3));
    link.respondTo(query);
    Exchanges.response(exchange).get();
    link.awaitLeave();
  }

  @Test
  void anAnswerToAnotherQuestionShowsThatItLives() throws Exception {
    tested.open();
    PendingQuery slow = tested.send();
    link.nextQuery();
    for (int i = 0; i < 5; i++) {
      timers.advance(A_SECOND);
      tested.answered();
    }
    assertTrue(connection.isOpen());
    assertFalse(slow.isDone());
  }

  @Test
  void theServersOwnLimitHoldsLessATenth() throws Exception {
    tested.open();
    tested.answered();
    connection.idleLimit().serverKeepsFor(Duration.ofSeconds(3).toNanos());
    timers.advance(Duration.ofMillis(2_700).minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    assertEquals("closed as idle", connection.end().getMessage());
  }

  @Test
  void aLongKeepaliveIsCapped() throws Exception {
    tested.open();
    tested.answered();
    connection.idleLimit().serverKeepsFor(Duration.ofHours(1).toNanos());
    timers.advance(Duration.ofMinutes(2).minus(A_MOMENT));
    assertTrue(connection.isOpen());
    timers.advance(A_MOMENT);
    assertTrue(connection.hasEnded());
  }

  @Test
  void keepaliveZeroEndsTheConnectionAfterItsLastResponse() throws Exception {
    tested.open();
    PendingQuery owed = tested.send();
    byte[] query = link.nextQuery();
    connection.idleLimit().serverKeepsFor(0);
    assertFalse(connection.takesQueries());
    timers.advance(A_SECOND);
    assertTrue(connection.isOpen());
    link.respondTo(query);
    Exchanges.response(owed).get();
    link.awaitLeave(); // at once: otherwise each query would leave one more connection
    assertEquals("closed as the server asked", connection.end().getMessage());
  }

  @Test
  void aConnectionWithAQueuedQueryIsNotIdle() throws Exception {
    link.stopReading();
    tested.open();
    PendingQuery written = tested.send();
    link.nextQuery(); // the writer hangs in this write
    PendingQuery queued = tested.send();
    tested.giveUp(written);
    timers.advance(IDLE.multipliedBy(2));
    assertTrue(connection.isOpen());
    tested.giveUp(queued);
    timers.advance(A_SECOND);
    assertTrue(connection.hasEnded());
    timers.advance(A_SECOND);
    assertTrue(link.isClosed(), "the writer cannot take leave");
  }
}
