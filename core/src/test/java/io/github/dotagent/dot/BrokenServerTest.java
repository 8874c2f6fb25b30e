package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which errors of a server a connection survives, and which end it. */
@Timeout(20)
class BrokenServerTest {
  private static final int BEARABLE = 1_000;
  private static final byte[] QUERY = Messages.query("a.example");

  private final RealThreads threads = new RealThreads();
  private final ScriptedLink link = ScriptedLink.opened();
  private final DotConnection connection =
      new DotConnection(
          link,
          threads,
          new ManualTimers(),
          "dns.example",
          Integer.MAX_VALUE,
          new UnwatchedConnection());

  @BeforeEach
  void start() {
    connection.start(Duration.ofSeconds(5).toNanos());
  }

  @AfterEach
  void end() throws InterruptedException {
    connection.end(ExchangeFailure.unreachable("the test is over", null));
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void aFewUnaskedResponsesAreIgnored() throws Exception {
    // each answered query sets the count back
    for (int round = 0; round < 2; round++) {
      PendingQuery exchange = send();
      byte[] query = link.nextQuery();
      flood(Messages.idOf(query), BEARABLE);
      link.respondTo(query);
      Exchanges.response(exchange).get();
      assertTrue(connection.isOpen());
    }
  }

  @Test
  void aFloodOfThemEndsTheConnection() throws Exception {
    PendingQuery exchange = send();
    flood(Messages.idOf(link.nextQuery()), BEARABLE + 1);
    Failed.with(
        Kind.MALFORMED, "sends responses that match no query", Exchanges.response(exchange));
    assertTrue(link.isClosed());
  }

  @Test
  void anAnswerToAnotherQuestionEndsTheConnection() throws Exception {
    PendingQuery exchange = send();
    int id = Messages.idOf(link.nextQuery());
    link.send(Messages.response(Messages.query("b.example"), id));
    Failed.with(Kind.MALFORMED, "answered another question", Exchanges.response(exchange));
    assertTrue(link.isClosed());
  }

  @Test
  void aLengthThatNoMessageHasEndsTheConnection() throws Exception {
    PendingQuery exchange = send();
    link.nextQuery();
    link.sendOctets((byte) 0, (byte) 0);
    Failed.with(Kind.MALFORMED, "sent a message of 0 octets", Exchanges.response(exchange));
    assertTrue(link.isClosed());
  }

  @Test
  void anEndWithinAMessageIsAFailure() throws Exception {
    PendingQuery exchange = send();
    byte[] query = link.nextQuery();
    byte[] frame = Messages.framed(Messages.response(query, Messages.idOf(query)));
    link.sendOctets(Arrays.copyOf(frame, frame.length - 1));
    link.endOfStream();
    Failed.with(Kind.UNREACHABLE, "connection lost", Exchanges.response(exchange));
  }

  @Test
  void aMessageMayComeOctetByOctet() throws Exception {
    PendingQuery exchange = send();
    byte[] query = link.nextQuery();
    for (byte octet : Messages.framed(Messages.response(query, Messages.idOf(query)))) {
      assertFalse(exchange.isDone());
      link.sendOctets(octet);
    }
    Exchanges.response(exchange).get();
  }

  @Test
  void moreThanThereAreIdsForWaitForOne() throws Exception {
    Map<Integer, PendingQuery> inFlight = new HashMap<>();
    List<PendingQuery> sent = new ArrayList<>();
    for (int i = 0; i < PendingQueries.MOST; i++) {
      sent.add(send());
    }
    List<byte[]> written = link.nextQueries(PendingQueries.MOST);
    sent.forEach(exchange -> inFlight.put(exchange.id(), exchange));
    assertEquals(PendingQueries.MOST, inFlight.size());
    PendingQuery next = send();
    PendingQuery last = send();

    // one answer makes room for one more
    byte[] query = written.get(0);
    link.respondTo(query);
    Exchanges.response(inFlight.get(Messages.idOf(query))).get();
    byte[] behind = link.nextQuery();
    assertFalse(last.wasSent());
    link.respondTo(behind);
    Exchanges.response(next).get();
    link.nextQuery();
    assertFalse(last.isDone());

    PendingQuery unsent = send();
    link.endOfStream();
    Failed.with(Kind.UNREACHABLE, "the server closed the connection", Exchanges.response(unsent));
  }

  private PendingQuery send() {
    PendingQuery exchange = Exchanges.of(QUERY);
    assertTrue(connection.send(exchange));
    return exchange;
  }

  /** Well-formed responses under every id but the one that is waited for. */
  private void flood(int id, int count) {
    for (int i = 1; i <= count; i++) {
      link.send(Messages.response(QUERY, id + i & 0xffff));
    }
  }
}
