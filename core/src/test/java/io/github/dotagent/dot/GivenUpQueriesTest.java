package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a query that nobody waits for any more tells of its connection. */
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
    Exchange other = tested.sentAfter(A_SECOND);
    Exchange exchange = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    connection.giveUp(exchange);
    Failed.with(Kind.UNREACHABLE, "the connection went silent", other.response());
    assertTrue(link.isClosed());
  }

  @Test
  void anAnswerToAnyQuestionIsASignOfLife() throws Exception {
    tested.open();
    Exchange exchange = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    tested.answered();
    connection.giveUp(exchange);
    assertTrue(connection.isOpen());
  }

  @Test
  void anAnswerFromBeforeIsNoSignOfLife() throws Exception {
    tested.open();
    tested.answered();
    Exchange exchange = tested.sentAfter(A_SECOND);
    connection.giveUp(exchange);
    assertTrue(connection.hasEnded());
  }

  @Test
  void halfAMessageIsNoSignOfLife() throws Exception {
    tested.open();
    Exchange exchange = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    link.sendOctets((byte) 0, (byte) 200, (byte) 1);
    connection.giveUp(exchange);
    assertTrue(connection.hasEnded());
  }

  @Test
  void aQueryGivenUpBeforeItWasSentSaysNothing() throws Exception {
    Exchange exchange = tested.send();
    timers.advance(A_SECOND);
    connection.giveUp(exchange);
    assertFalse(connection.hasEnded());
    link.letOpen();
    link.awaitReader();
    assertTrue(connection.isOpen());
    Exchange next = tested.send();
    link.respondTo(link.nextQuery());
    next.response().get();
    assertFalse(link.hasWrites(), "the one that was given up never went out");
  }

  @Test
  void theAnswerToAQueryThatWasGivenUpIsIgnored() throws Exception {
    tested.open();
    Exchange late = tested.sentAfter(A_SECOND);
    timers.advance(A_SECOND);
    tested.answered();
    connection.giveUp(late);
    link.send(Messages.response(late.query(), late.id()));
    tested.answered();
    assertFalse(late.isDone());
    assertTrue(connection.isOpen());
  }
}
