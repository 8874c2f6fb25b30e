package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.PendingQueries.Match;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ids: drawn, never shared, and free again once nobody waits. Matching has its own test. */
@Timeout(20)
class PendingQueriesTest {
  private static final byte[] QUERY = Messages.query("a.example");

  @Test
  void anIdIsWhatTheRandomDrew() {
    int[] drawn = {0, 65_535, 256, 255};
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n < 4 ? drawn[n] : n));
    for (int id : drawn) {
      assertEquals(id, pending.add(new Exchange(QUERY)));
    }
  }

  @Test
  void thoseDrawnBeforehandAreTheFirstToBeGiven() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    pending.drawIds();
    pending.drawIds(); // there are some: none is drawn
    assertEquals(0, pending.add(new Exchange(QUERY)));
    assertEquals(1, pending.add(new Exchange(QUERY)));
  }

  @Test
  void anIdInFlightIsNotGivenAgainHoweverOftenItIsDrawn() {
    int taken = 4711;
    int collisions = 65_536;
    PendingQueries pending =
        new PendingQueries(new ScriptedRandom(n -> n <= collisions ? taken : taken + 1));
    Exchange first = new Exchange(QUERY);
    assertEquals(taken, pending.add(first));
    assertEquals(taken + 1, pending.add(new Exchange(QUERY)), "the first draw that is free");
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
      ids.add(pending.add(new Exchange(QUERY)));
    }
    assertEquals(PendingQueries.MOST, ids.size());
    assertFalse(ids.contains(-1));
    assertEquals(-1, pending.add(new Exchange(QUERY)), "one too many");

    assertEquals(Match.RESPONSE, pending.match(Messages.response(QUERY, 17)));
    int id = pending.add(new Exchange(QUERY));
    assertTrue(id == 17 || !ids.contains(id), "an id that was free: " + id);
    assertEquals(-1, pending.add(new Exchange(QUERY)), "full again");
  }

  @Test
  void oneTakenBackIsWaitedForNoMore() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    Exchange exchange = new Exchange(QUERY);
    exchange.sent(pending.add(exchange), 0);
    assertFalse(pending.isEmpty());
    pending.remove(exchange);
    assertTrue(pending.isEmpty());
    assertEquals(Match.UNASKED, pending.match(Messages.response(QUERY, exchange.id())));
    assertFalse(exchange.isDone());
  }

  @Test
  void oneTakenBackLateLeavesItsIdToTheOneThatHasItNow() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> 7));
    Exchange first = new Exchange(QUERY);
    first.sent(pending.add(first), 0);
    pending.match(Messages.response(QUERY, 7));
    Exchange second = new Exchange(QUERY);
    second.sent(pending.add(second), 0);
    pending.remove(first);
    assertEquals(Match.RESPONSE, pending.match(Messages.response(QUERY, 7)));
    assertTrue(second.isDone());
  }

  @Test
  void oneThatWasNeverAddedCanBeTakenBack() {
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> n));
    pending.add(new Exchange(QUERY));
    pending.remove(new Exchange(QUERY));
    assertFalse(pending.isEmpty());
  }

  @Test
  void drainTakesAllOut() {
    PendingQueries pending = new PendingQueries(new SecureRandom());
    Set<Exchange> added = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Exchange exchange = new Exchange(QUERY);
      pending.add(exchange);
      added.add(exchange);
    }
    List<Exchange> drained = pending.drain();
    assertEquals(1_000, drained.size());
    assertEquals(added, new HashSet<>(drained));
    assertTrue(pending.isEmpty());
    assertTrue(pending.drain().isEmpty());
  }

  @Test
  void hundredThousandAnsweredQueriesLeaveNothingBehind() throws Exception {
    PendingQueries pending = new PendingQueries(new SecureRandom());
    for (int round = 0; round < 1_000; round++) {
      List<Exchange> inFlight = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Exchange exchange = new Exchange(QUERY);
        exchange.sent(pending.add(exchange), 0);
        inFlight.add(exchange);
      }
      for (Exchange exchange : inFlight) {
        byte[] response = Messages.response(QUERY, exchange.id());
        assertEquals(Match.RESPONSE, pending.match(response));
        assertArrayEquals(response, exchange.response().get());
      }
    }
    assertTrue(pending.isEmpty());
  }
}
