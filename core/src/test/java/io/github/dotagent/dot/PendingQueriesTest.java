package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.PendingQueries.Match;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ids: drawn, never shared, and free again once the response has come. Matching has its own test.
 */
@Timeout(20)
class PendingQueriesTest {
  private static final byte[] QUERY = Messages.query("a.example");

  @Test
  void idsComeFromTheRandomSource() {
    int[] drawn = {0, 65_535, 256, 255};
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n < 4 ? drawn[n] : n));
    for (int id : drawn) {
      assertEquals(id, pending.add(Exchanges.of(QUERY)));
    }
  }

  @Test
  void idsDrawnInAdvanceAreUsedFirst() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    pending.drawIds();
    pending.drawIds(); // ids are left, so no new ones are drawn
    assertEquals(0, pending.add(Exchanges.of(QUERY)));
    assertEquals(1, pending.add(Exchanges.of(QUERY)));
  }

  @Test
  void anIdInFlightIsNeverGivenTwice() {
    int taken = 4711;
    int collisions = 65_536;
    PendingQueries pending =
        new PendingQueries(new ScriptedRandom(n -> n <= collisions ? taken : taken + 1));
    PendingQuery first = Exchanges.of(QUERY);
    assertEquals(taken, pending.add(first));
    assertEquals(taken + 1, pending.add(Exchanges.of(QUERY)), "the first draw that is free");
    // and the first one still has its own
    assertEquals(Match.RESPONSE, pending.match(Messages.response(QUERY, taken)));
    assertTrue(first.isDone());
  }

  @Test
  void allInFlightHaveIdsOfTheirOwnUntilItIsFull() {
    // each id is drawn twice
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n / 2 & 0xffff));
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < PendingQueries.MOST; i++) {
      ids.add(pending.add(Exchanges.of(QUERY)));
    }
    assertEquals(PendingQueries.MOST, ids.size());
    assertThrows(IllegalStateException.class, () -> pending.add(Exchanges.of(QUERY)));

    assertEquals(Match.RESPONSE, pending.match(Messages.response(QUERY, 17)));
    int id = pending.add(Exchanges.of(QUERY));
    assertTrue(id == 17 || !ids.contains(id), "an id that was free: " + id);
    assertThrows(IllegalStateException.class, () -> pending.add(Exchanges.of(QUERY)), "full again");
  }

  @Test
  void eachIdThatIsFreeIsRoom() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    assertEquals(PendingQueries.MOST, pending.awaitRoom());
    pending.abandon(sent(pending));
    assertEquals(PendingQueries.MOST - 1, pending.awaitRoom(), "its response may still come");
    pending.add(Exchanges.of(QUERY));
    assertEquals(PendingQueries.MOST - 2, pending.awaitRoom());
    pending.drain();
    assertEquals(0, pending.awaitRoom(), "nothing is to be sent any more");
  }

  /** A late response, a response, and the end of the connection wake it. An interrupt does not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void freeIdsWakeTheWriter(int way) throws Exception {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n & 0xffff));
    PendingQuery givenUp = sent(pending);
    pending.abandon(givenUp);
    for (int i = 1; i < PendingQueries.MOST; i++) {
      pending.add(Exchanges.of(QUERY));
    }
    FutureTask<Integer> waiting = new FutureTask<>(pending::awaitRoom);
    Thread writer = new Thread(waiting);
    writer.start();
    writer.interrupt();
    if (way == 0) {
      assertEquals(Match.LATE, pending.match(Messages.response(QUERY, givenUp.id())));
    } else if (way == 1) {
      assertEquals(Match.RESPONSE, pending.match(Messages.response(QUERY, 17)));
    } else {
      pending.drain();
    }
    assertEquals(way < 2 ? 1 : 0, waiting.get());
  }

  @Test
  void anIdStaysTakenUntilTheLateResponseHasCome() {
    int[] drawn = {7, 7, 8, 7};
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n < 4 ? drawn[n] : n));
    PendingQuery late = abandoned(pending);
    assertTrue(pending.isEmpty(), "nothing waits");
    assertEquals(8, pending.add(Exchanges.of(QUERY)), "not the id that a response may come under");

    assertEquals(Match.LATE, pending.match(Messages.response(QUERY, 7)));
    assertFalse(late.fail(ExchangeFailure.noAnswer()), "it had ended before");
    assertEquals(7, pending.add(Exchanges.of(QUERY)));
  }

  @Test
  void aLateResponseComesOnce() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    int id = abandoned(pending).id();
    assertEquals(Match.LATE, pending.match(Messages.response(shouted(), id)));
    assertEquals(Match.UNASKED, pending.match(Messages.response(QUERY, id)));
  }

  @Test
  void aLateErrorMayComeWithoutTheQuestion() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    int id = abandoned(pending).id();
    assertEquals(Match.LATE, pending.match(Messages.bareResponse(id, Messages.SERVFAIL)));
  }

  @Test
  void anotherQuestionUnderTheIdOfAQueryThatWasGivenUpIsWrong() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    int id = abandoned(pending).id();
    byte[] response = Messages.response(QUERY, id);
    for (byte[] wrong :
        List.of(
            Messages.response(Messages.query("b.example"), id),
            Messages.withId(QUERY, id),
            Messages.bareResponse(id, 0),
            Arrays.copyOf(response, response.length - 1))) {
      assertEquals(Match.WRONG_QUESTION, pending.match(wrong));
    }
    response[13] = (byte) 0xff; // a label that is longer than the message
    assertEquals(Match.WRONG_QUESTION, pending.match(response));
    response[13] = (byte) 0xc0;
    assertEquals(Match.WRONG_QUESTION, pending.match(response));
  }

  @Test
  void aQueryGivenUpDuringItsResponseIsLate() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    PendingQuery exchange = sent(pending);
    exchange.abandon();
    assertEquals(Match.LATE, pending.match(Messages.response(QUERY, exchange.id())));
    pending.abandon(exchange); // afterwards: it leaves nothing behind
    assertEquals(Match.UNASKED, pending.match(Messages.response(QUERY, exchange.id())));
  }

  @Test
  void anUnsentQueryReturnsItsId() {
    for (boolean givenUp : new boolean[] {false, true}) {
      PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> 7));
      PendingQuery exchange = sent(pending);
      if (givenUp) {
        pending.abandon(exchange);
      }
      pending.takeBack(exchange);
      assertTrue(pending.isEmpty());
      assertEquals(7, pending.add(Exchanges.of(QUERY)));
    }
  }

  @Test
  void aQueryThatWasNeverAddedCanBeGivenUp() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    pending.add(Exchanges.of(QUERY));
    pending.abandon(Exchanges.of(QUERY));
    assertFalse(pending.isEmpty());
  }

  @Test
  void anEighthOfTheIdsMayBeAbandoned() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    for (int i = 1; i < PendingQueries.MOST / 8; i++) {
      abandoned(pending);
    }
    assertFalse(pending.areTooManyAbandoned());
    abandoned(pending);
    assertTrue(pending.areTooManyAbandoned());
    pending.match(Messages.response(QUERY, 0));
    assertFalse(pending.areTooManyAbandoned());
  }

  private static PendingQuery sent(PendingQueries pending) {
    PendingQuery exchange = Exchanges.of(QUERY);
    exchange.sent(pending.add(exchange), 0);
    return exchange;
  }

  private static PendingQuery abandoned(PendingQueries pending) {
    PendingQuery exchange = sent(pending);
    assertTrue(exchange.abandon());
    pending.abandon(exchange);
    return exchange;
  }

  private static byte[] shouted() {
    return Messages.query("A.EXAMPLE");
  }

  @Test
  void drainTakesAllOut() {
    PendingQueries pending = new PendingQueries(new SecureRandom());
    Set<PendingQuery> added = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      PendingQuery exchange = Exchanges.of(QUERY);
      pending.add(exchange);
      added.add(exchange);
    }
    IntrusiveQueue<PendingQuery> drained = pending.drain();
    assertEquals(1_000, drained.size());
    Set<PendingQuery> all = new HashSet<>();
    for (PendingQuery one = drained.poll(); one != null; one = drained.poll()) {
      all.add(one);
    }
    assertEquals(added, all);
    assertTrue(pending.isEmpty());
    assertTrue(pending.drain().isEmpty());
  }

  @Test
  void hundredThousandAnsweredQueriesLeaveNothingBehind() throws Exception {
    PendingQueries pending = new PendingQueries(new SecureRandom());
    for (int round = 0; round < 1_000; round++) {
      List<PendingQuery> inFlight = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        PendingQuery exchange = Exchanges.of(QUERY);
        exchange.sent(pending.add(exchange), 0);
        inFlight.add(exchange);
      }
      for (PendingQuery exchange : inFlight) {
        byte[] response = Messages.response(QUERY, exchange.id());
        assertEquals(Match.RESPONSE, pending.match(response));
        assertArrayEquals(response, Exchanges.response(exchange).get());
      }
    }
    assertTrue(pending.isEmpty());
  }
}
