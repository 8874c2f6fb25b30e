package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A query that was given up, and its effect on the connection. */
@Timeout(20)
class GivenUpQueriesTest {
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final ConnectionUnderTest tested = new ConnectionUnderTest();
  private final ManualTimers timers = tested.timers;
  private final ScriptedLink link = tested.link;
  private final DotConnection connection = tested.connection;

  @AfterEach
  void end() throws InterruptedException {
    tested.end();
  }

  @Test
  void nothingIsHeardSinceAQueryThatIsGivenUp() throws Exception {
    tested.open();
    PendingQuery other = tested.sentAfter(A_SECOND);
    PendingQuery exchange = tested.sentAfter(Duration.ofMillis(1));
    timers.advance(A_SECOND);
    tested.giveUp(exchange);
    assertFalse(connection.takesQueries());
    assertEquals(1, Exchanges.doubts(other), "it may be asked elsewhere");
    assertFalse(link.isClosed());
    tested.giveUp(other);
    assertTrue(link.isClosed(), "nothing more is hoped for");
    assertEquals("the connection went silent", connection.end().getMessage());
  }

  @Test
  void aQueryAnsweredElsewhereCausesNoDoubt() throws Exception {
    tested.open();
    PendingQuery exchange = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    assertTrue(exchange.abandon());
    connection.giveUp(exchange, false);
    assertTrue(connection.takesQueries());
  }

  @Test
  void aLateResponseIsASignOfLife() throws Exception {
    tested.open();
    PendingQuery late = tested.sentAfter(A_SECOND);
    tested.answered();
    PendingQuery other = tested.sentAfter(A_SECOND);
    assertTrue(late.abandon());
    connection.giveUp(late, true);
    timers.advance(A_SECOND);
    link.send(Messages.response(late.query(), late.id()));
    tested.answered();
    tested.giveUp(other);
    assertTrue(connection.takesQueries());
  }

  @Test
  void anIdleConnectionIsNotHeldByThem() throws Exception {
    tested.open();
    PendingQuery late = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    tested.answered();
    tested.giveUp(late);
    assertTrue(connection.owesNothing());
    timers.advance(Duration.ofSeconds(9));
    link.awaitLeave();
  }

  @Test
  void withTooManyTheConnectionTakesNoMoreQueries() throws Exception {
    tested.open();
    List<PendingQuery> late = new ArrayList<>();
    for (int i = 0; i < PendingQueries.MOST_ABANDONED; i++) {
      late.add(tested.send());
    }
    link.nextQueries(late.size());
    PendingQuery owed = tested.send();
    byte[] query = link.nextQuery();
    late.forEach(tested::giveUp);
    assertFalse(connection.takesQueries());
    assertTrue(connection.isOpen());
    link.respondTo(query);
    Exchanges.response(owed).get();
    link.awaitLeave();
    assertEquals("closed because its query IDs are used up", connection.end().getMessage());
  }

  @Test
  void anAnswerToAnyQuestionIsASignOfLife() throws Exception {
    tested.open();
    PendingQuery exchange = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    tested.answered();
    tested.giveUp(exchange);
    assertTrue(connection.isOpen());
  }

  @Test
  void anEarlierAnswerIsNoSignOfLife() throws Exception {
    tested.open();
    tested.answered();
    PendingQuery exchange = tested.sentAfter(A_SECOND);
    tested.giveUp(exchange);
    assertTrue(connection.hasEnded());
  }

  @Test
  void halfAMessageIsNoSignOfLife() throws Exception {
    tested.open();
    PendingQuery exchange = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    link.sendOctets((byte) 0, (byte) 200, (byte) 1);
    tested.giveUp(exchange);
    assertTrue(connection.hasEnded());
  }

  @Test
  void aQueryGivenUpBeforeItWasSentSaysNothing() throws Exception {
    PendingQuery exchange = tested.send();
    timers.advance(A_SECOND);
    tested.giveUp(exchange);
    assertFalse(connection.hasEnded());
    link.letOpen();
    link.awaitReader();
    assertTrue(connection.isOpen());
    PendingQuery next = tested.send();
    link.respondTo(link.nextQuery());
    Exchanges.response(next).get();
    assertFalse(link.hasWrites(), "the one that was given up never went out");
  }

  @Test
  void theAnswerToAQueryThatWasGivenUpIsIgnored() throws Exception {
    tested.open();
    PendingQuery late = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    tested.answered();
    tested.giveUp(late);
    link.send(Messages.response(late.query(), late.id()));
    tested.answered();
    assertFalse(Exchanges.response(late).isDone());
    assertTrue(connection.isOpen());
  }
}
