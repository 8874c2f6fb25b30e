package io.github.dotagent.agent.cli.lookup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.inspect.TimedResponse;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.QueryToInspect;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.ResponseFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that do not know what a query has. */
class EdnsFallbackQueryTest {
  private static final int NOERROR = 0;
  private static final int FORMERR = 1;
  private static final int SERVFAIL = 2;
  private static final int REFUSED = 5;

  private static final QueryToInspect QUERY = QueryToInspect.of("a.example", "A");
  private static final byte[] PRIVATE = QUERY.octets(true);
  private static final byte[] WITH_EDNS = QUERY.octets(false);
  private static final byte[] WITHOUT = QUERY.octetsWithoutEdns();

  private final List<byte[]> asked = new ArrayList<>();
  private final Deque<Integer> rcodes = new ArrayDeque<>();

  private EdnsFallbackQuery ask(boolean privately, boolean verdict, int... answers)
      throws Exception {
    for (int rcode : answers) {
      rcodes.add(rcode);
    }
    return EdnsFallbackQuery.ask(QUERY, privately, verdict, this::answer);
  }

  /** A header and the question, and nothing else. */
  private TimedResponse answer(byte[] query) {
    asked.add(query);
    byte[] response = WITHOUT.clone();
    response[2] = (byte) 0x81; // QR, RD
    response[3] = (byte) (0x80 | rcodes.remove()); // RA
    return new TimedResponse(response, 1);
  }

  private void assertAsked(byte[]... queries) {
    assertTrue(rcodes.isEmpty());
    assertEquals(queries.length, asked.size());
    for (int i = 0; i < queries.length; i++) {
      assertArrayEquals(queries[i], asked.get(i), "query " + i);
    }
  }

  private static String rcodeOf(EdnsFallbackQuery asked) throws ResponseException {
    return ResponseFacts.of(asked.response().response()).rcode();
  }

  @Test
  void afterAnAnswerNoOtherFormIsTried() throws Exception {
    EdnsFallbackQuery asked = ask(true, false, NOERROR);
    assertAsked(PRIVATE);
    assertNull(asked.refusal());
    assertTrue(asked.isPrivate());
  }

  @Test
  void afterFormerrTheSubnetIsLeftOut() throws Exception {
    EdnsFallbackQuery asked = ask(true, false, FORMERR, NOERROR);
    assertAsked(PRIVATE, WITH_EDNS);
    assertEquals("NOERROR", rcodeOf(asked));
    assertEquals(
        "answered FORMERR to a query with a client subnet of no bits (ecs=private), and answers"
            + " without it",
        asked.refusal());
    assertFalse(asked.isPrivate());
  }

  @Test
  void afterASecondFormerrEdnsIsLeftOut() throws Exception {
    EdnsFallbackQuery asked = ask(true, false, FORMERR, FORMERR, NOERROR);
    assertAsked(PRIVATE, WITH_EDNS, WITHOUT);
    assertEquals("NOERROR", rcodeOf(asked));
    assertEquals("answered FORMERR to a query with EDNS, and answers without it", asked.refusal());
  }

  @Test
  void withoutASubnetFormerrLeavesEdnsOutAtOnce() throws Exception {
    assertEquals("NOERROR", rcodeOf(ask(false, false, FORMERR, NOERROR)));
    assertAsked(WITH_EDNS, WITHOUT);
  }

  @Test
  void afterServfailEdnsIsLeftOutAtOnce() throws Exception {
    assertEquals("NOERROR", rcodeOf(ask(true, false, SERVFAIL, NOERROR)));
    assertAsked(PRIVATE, WITHOUT);
  }

  /** It is the name, or the server, that is at fault: the first answer is the one to show. */
  @Test
  void ifEachFormFailsTheFirstResponseIsShown() throws Exception {
    EdnsFallbackQuery asked = ask(true, false, FORMERR, SERVFAIL, REFUSED);
    assertAsked(PRIVATE, WITH_EDNS, WITHOUT);
    assertEquals("FORMERR", rcodeOf(asked));
    assertNull(asked.refusal());
    assertTrue(asked.isPrivate());
  }

  @Test
  void afterRefusedNoOtherFormIsTried() throws Exception {
    assertEquals("REFUSED", rcodeOf(ask(true, false, REFUSED)));
    assertAsked(PRIVATE);
  }

  @Test
  void eachFormAsksForTheVerdict() throws Exception {
    ask(true, true, FORMERR, NOERROR);
    assertAsked(QueryEncoder.withVerdict(PRIVATE), QueryEncoder.withVerdict(WITH_EDNS));
  }

  @Test
  void aResponseToAnotherQuestionIsRefused() {
    byte[] other = QueryToInspect.of("b.example", "A").octetsWithoutEdns();
    other[2] = (byte) 0x81;
    assertThrows(
        ResponseException.class,
        () -> EdnsFallbackQuery.ask(QUERY, true, false, query -> new TimedResponse(other, 1)));
  }
}
