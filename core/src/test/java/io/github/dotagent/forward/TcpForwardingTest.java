package io.github.dotagent.forward;

import static io.github.dotagent.forward.StandInUnderTest.A;
import static io.github.dotagent.forward.StandInUnderTest.ids;
import static io.github.dotagent.forward.StandInUnderTest.query;
import static io.github.dotagent.forward.StandInUnderTest.rcode;
import static io.github.dotagent.forward.StandInUnderTest.response;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.forward.MemoryNetwork.Stream;
import io.github.dotagent.forward.StandInUnderTest.OverTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A library's connection to a stand-in, whose queries go over TLS (RFC 7766). */
class TcpForwardingTest {
  /** RFC 7766 §6.2.3: "of the order of a few seconds". */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final Duration SWEEP = Duration.ofSeconds(1);

  /** Responses that may wait for a client that does not read. */
  private static final int UNREAD = 256;

  private StandInUnderTest standIn;
  private Stream client;

  @BeforeEach
  void start() throws IOException {
    standIn = new StandInUnderTest();
    client = standIn.tcpClient();
  }

  private void ask(int id) throws IOException {
    standIn.write(client, query(id, "www.example", A));
  }

  private void answer() {
    standIn.nextOverTls().answer(1);
    standIn.settle();
  }

  @Test
  void aQueryGoesOverTlsAndItsResponseComesBack() throws IOException {
    ask(7);
    assertEquals("www.example", standIn.overTls.peek().query.name());
    assertTrue(standIn.loop.owes());
    answer();
    List<byte[]> come = standIn.read(client);
    assertEquals(List.of(7), ids(come));
    assertEquals(1, come.get(0)[7], "one record");
    assertEquals(0, rcode(come.get(0)));
    assertFalse(standIn.loop.owes());
    assertFalse(client.isClosedByPeer(), "for further queries (RFC 7766 §6.2.1)");
    assertEquals(List.of("the server: 1 over TLS"), standIn.bypasses.texts());
  }

  /** RFC 7766 §6.2.1.1 and §7. */
  @Test
  void queriesArePipelinedAndAnsweredInAnyOrder() throws IOException {
    standIn.write(
        client, query(1, "a.example", A), query(2, "b.example", A), query(3, "c.example", A));
    assertEquals(3, standIn.overTls.size());
    OverTls first = standIn.nextOverTls();
    OverTls second = standIn.nextOverTls();
    standIn.nextOverTls().answer(1);
    first.answer(1);
    standIn.settle();
    assertEquals(List.of(3, 1), ids(standIn.read(client)));
    assertTrue(standIn.loop.owes());
    second.answer(1);
    standIn.settle();
    assertEquals(List.of(2), ids(standIn.read(client)));
    assertFalse(standIn.loop.owes());
  }

  /** RFC 7766 §8: a receiver must not rely on the borders of segments. */
  @Test
  void aQueryInPiecesIsForwardedOnce() throws IOException {
    byte[] framed = FrameReader.framed(query(5, "www.example", A)).array();
    for (int i = 0; i < framed.length; i++) {
      assertEquals(0, standIn.overTls.size());
      standIn.writeRaw(client, new byte[] {framed[i]});
    }
    assertEquals(1, standIn.overTls.size());
  }

  @Test
  void aQueryReadOctetByOctetIsForwarded() throws IOException {
    client.peerReadsAtOnce(1);
    ask(5);
    assertEquals(1, standIn.overTls.size());
  }

  /** Over TCP no response is truncated. */
  @Test
  void aLongResponseIsNotTruncated() throws IOException {
    ask(5);
    standIn.nextOverTls().answer(1_000);
    standIn.settle();
    byte[] come = standIn.read(client).get(0);
    assertEquals(0, come[2] & 2, "TC");
    assertTrue(come.length > 16_000, "it has " + come.length + " octets");
  }

  @Test
  void aFailureOverTlsIsServfail() throws IOException {
    ask(5);
    standIn.nextOverTls().completeExceptionally(new IllegalStateException("no server there"));
    standIn.settle();
    assertEquals(2, rcode(standIn.read(client).get(0))); // RFC 1035 §4.1.1
    assertFalse(standIn.loop.owes());
  }

  /** The frame is written further when the client has read. */
  @Test
  void aResponseLongerThanTheClientHoldsComesInPieces() throws IOException {
    client.room = 100;
    ask(5);
    standIn.nextOverTls().answer(1_000);
    standIn.settle();
    assertTrue(standIn.loop.owes(), "the rest");
    assertEquals(List.of(5), ids(standIn.read(client)));
    assertFalse(standIn.loop.owes());
  }

  @Test
  void upTo256UnreadResponsesAreKept() throws IOException {
    client.room = 0;
    for (int i = 0; i < UNREAD; i++) {
      ask(i);
      answer();
    }
    assertFalse(client.isClosedByPeer());
    client.room = 1_000_000;
    standIn.settle();
    assertEquals(UNREAD, standIn.read(client).size());
  }

  /** RFC 7766 §6.2.2 and §10: a client must not exhaust memory. */
  @Test
  void moreThan256UnreadResponsesCloseTheConnection() throws IOException {
    client.room = 0;
    for (int i = 0; i <= UNREAD; i++) {
      ask(i);
      answer();
    }
    assertTrue(client.isClosedByPeer());
    assertFalse(standIn.loop.owes());
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    standIn.pass(IDLE);
    assertFalse(client.isClosedByPeer());
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void theIdleTimeStartsAtTheLastResponse() throws IOException {
    ask(1);
    standIn.pass(Duration.ofSeconds(60));
    assertFalse(client.isClosedByPeer(), "it waits for a response");
    answer();
    standIn.pass(IDLE);
    assertFalse(client.isClosedByPeer());
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void aQueryRestartsTheIdleTime() throws IOException {
    standIn.pass(Duration.ofSeconds(9));
    ask(1);
    answer();
    standIn.pass(Duration.ofSeconds(9));
    assertFalse(client.isClosedByPeer());
  }

  /** RFC 7766 §6.2.3: the rest of a query is not awaited for ever. */
  @Test
  void aQueryWithAWholeHeaderHasTheIdleTimeToArrive() throws IOException {
    byte[] framed = FrameReader.framed(query(1, "www.example", A)).array();
    standIn.writeRaw(client, Arrays.copyOf(framed, 14));
    for (int i = 0; i < 10; i++) {
      standIn.pass(SWEEP);
      assertFalse(client.isClosedByPeer());
      assertNull(standIn.accept(), "it is DNS");
    }
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
  }

  /** A response that it does not read is no reason to wait for ever. */
  @Test
  void anUnreadResponseDoesNotStopTheIdleTime() throws IOException {
    client.room = 0;
    ask(1);
    ask(2);
    answer();
    standIn.pass(IDLE);
    assertFalse(client.isClosedByPeer());
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
  }

  /** RFC 9293 §3.6: half closed. */
  @Test
  void aHalfClosedClientGetsAllItsResponses() throws IOException {
    client.write(FrameReader.framed(query(1, "a.example", A)));
    client.write(FrameReader.framed(query(2, "b.example", A)));
    standIn.shutDown(client);
    assertEquals(2, standIn.overTls.size());
    answer();
    assertEquals(List.of(1), ids(standIn.read(client)));
    assertFalse(client.isClosedByPeer());
    answer();
    assertEquals(List.of(2), ids(standIn.read(client)));
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void aHalfClosedClientThatReadsSlowlyGetsTheWholeResponse() throws IOException {
    client.room = 10;
    ask(1);
    standIn.shutDown(client);
    answer();
    assertFalse(client.isClosedByPeer());
    assertEquals(List.of(1), ids(standIn.read(client)));
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void aHalfCloseWithoutQueriesEndsTheConnection() throws IOException {
    ask(1);
    answer();
    standIn.shutDown(client);
    assertTrue(client.isClosedByPeer());
  }

  /** Its socket is closed: the response is lost, and nothing else. */
  @Test
  void aResetBeforeTheResponseLosesOnlyThatResponse() throws IOException {
    ask(1);
    client.abort();
    standIn.settle();
    assertFalse(standIn.loop.owes());
    answer();
    Stream other = standIn.tcpClient();
    standIn.write(other, query(2, "www.example", A));
    answer();
    assertEquals(List.of(2), ids(standIn.read(other)));
    assertEquals(List.of(), standIn.warnings());
  }

  @Test
  void aClosedClientWithoutResponseIsClosed() throws IOException {
    ask(1);
    client.close();
    answer();
    assertTrue(client.isClosedByPeer());
    assertFalse(standIn.loop.owes());
  }

  /**
   * {@code bypass=block}: as by a server that cannot read it; what was asked before is answered.
   */
  @Test
  void withBlockAMessageThatIsNotDnsEndsTheConnectionAfterOtherResponses() throws IOException {
    standIn.block = true;
    standIn.write(client, query(1, "www.example", A), new byte[] {1, 2, 3});
    assertFalse(client.isClosedByPeer());
    answer();
    assertEquals(List.of(1), ids(standIn.read(client)));
    assertTrue(client.isClosedByPeer());
    assertEquals(List.of("the server: 1 over TLS, 1 refused"), standIn.bypasses.texts());
  }

  @Test
  void withBlockAQueryForTheLibrarysServerIsRefused() throws IOException {
    standIn.block = true;
    byte[] withoutRd = query(3, "www.example", A);
    withoutRd[2] = 0;
    standIn.write(client, withoutRd);
    assertEquals(5, rcode(standIn.read(client).get(0))); // RFC 1035 §4.1.1
    assertFalse(client.isClosedByPeer());
    assertFalse(standIn.loop.owes());
  }

  /** One turn handles so many; the other channels come between. */
  @Test
  void oneTurnHandlesAtMost64QueriesOfAConnection() throws IOException {
    byte[][] queries = new byte[100][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = query(i, "www.example", A);
    }
    for (byte[] query : queries) {
      client.write(FrameReader.framed(query));
    }
    standIn.loop.turn();
    assertEquals(64, standIn.overTls.size());
    standIn.settle();
    assertEquals(100, standIn.overTls.size());
  }

  /** More than this are in flight for all clients together: over TCP the client is told. */
  @Test
  void moreThan2000QueriesInFlightAreServfail() throws IOException {
    byte[][] queries = new byte[2_001][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = query(i, "www.example", A);
    }
    standIn.write(client, queries);
    assertEquals(2_000, standIn.overTls.size());
    List<byte[]> come = standIn.read(client);
    assertEquals(List.of(2_000), ids(come));
    assertEquals(2, rcode(come.get(0)));
    answer();
    ask(1);
    assertEquals(2_000, standIn.overTls.size(), "there is room for one");
  }

  /** An Error of one query closes its connection; others are served. */
  @Test
  void anErrorClosesOnlyItsConnection() throws IOException {
    Stream other = standIn.tcpClient();
    standIn.error = new LinkageError("of a test");
    ask(1);
    assertTrue(client.isClosedByPeer());
    standIn.error = null;
    standIn.write(other, query(2, "www.example", A));
    answer();
    assertEquals(List.of(2), ids(standIn.read(other)));
    assertEquals(1, standIn.warnings().size());
  }

  @Test
  void moreThan256ChannelsAreClosed() throws IOException {
    List<Stream> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(standIn.network.connect(standIn.address));
    }
    standIn.settle();
    int served = 256 - 2 - 1; // the two ports of the stand-in, and the client of every test
    for (int i = 0; i < all.size(); i++) {
      assertEquals(i >= served, all.get(i).isClosedByPeer(), "client " + i);
    }
    standIn.close(all.get(0));
    Stream next = standIn.tcpClient();
    assertFalse(next.isClosedByPeer(), "there is room for one");
  }

  /** The program may close some of its files later. */
  @Test
  void withoutFilesNewClientsWaitUntilTheNextSweep() throws IOException {
    standIn.network.filesLeft = 1;
    Stream next = standIn.tcpClient(); // not accepted
    assertEquals(
        List.of(
            "ERROR a query of a library was not forwarded: java.net.SocketException: Too many open"
                + " files"),
        standIn.warnings());
    ask(1);
    answer();
    assertEquals(List.of(1), ids(standIn.read(client)), "others are served");
    standIn.network.filesLeft = 1;
    standIn.write(next, query(2, "www.example", A));
    assertEquals(0, standIn.overTls.size(), "until the next look");
    standIn.pass(SWEEP);
    answer();
    assertEquals(List.of(2), ids(standIn.read(next)));
    standIn.network.filesLeft = 2;
    Stream another = standIn.tcpClient();
    standIn.write(another, query(3, "www.example", A));
    assertNotNull(standIn.overTls.poll(), "and without a look again");
  }

  @Test
  void aResponseToAnotherQueryIsServfail() throws IOException {
    ask(1);
    standIn.nextOverTls().complete(response(query(0, "other-name.example", A)));
    standIn.settle();
    assertEquals(2, rcode(standIn.read(client).get(0)));
  }

  /** {@code profile=opportunistic}: by the transport that the library chose. */
  @Test
  void withOpportunisticAQueryThatFailsOverTlsGoesInTheClear() throws IOException {
    standIn.opportunistic = true;
    byte[] query = query(1, "www.example", A);
    standIn.write(client, query);
    assertNull(standIn.accept());
    standIn.nextOverTls().completeExceptionally(new IllegalStateException("no server there"));
    standIn.settle();
    Stream server = standIn.accept();
    assertArrayEquals(FrameReader.framed(query).array(), server.take());
    assertTrue(standIn.loop.owes());
    server.write(ByteBuffer.wrap(FrameReader.framed(response(query)).array()));
    standIn.settle();
    assertEquals(List.of(1), ids(standIn.read(client)));
    assertFalse(standIn.loop.owes());
  }
}
