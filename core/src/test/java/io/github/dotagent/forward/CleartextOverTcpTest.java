package io.github.dotagent.forward;

import static io.github.dotagent.forward.StandInUnderTest.A;
import static io.github.dotagent.forward.StandInUnderTest.AXFR;
import static io.github.dotagent.forward.StandInUnderTest.ids;
import static io.github.dotagent.forward.StandInUnderTest.message;
import static io.github.dotagent.forward.StandInUnderTest.query;
import static io.github.dotagent.forward.StandInUnderTest.response;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.forward.MemoryNetwork.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries and zone transfers over TCP that go to the library's own server. */
class CleartextOverTcpTest {
  /** For the connect, and between two messages. */
  private static final Duration WAIT = Duration.ofSeconds(10);

  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final byte[] QUERY = query(1, "db.internal", A);
  private static final byte[] TRANSFER = query(2, "internal", AXFR);

  /** Messages of a zone transfer that may wait for the client. */
  private static final int BEHIND = 16;

  private StandInUnderTest standIn;
  private Stream client;

  @BeforeEach
  void start() throws IOException {
    standIn = new StandInUnderTest();
    client = standIn.tcpClient();
  }

  /** The server's side of a connection on which this query has come. */
  private Stream asked(byte[] query) throws IOException {
    standIn.write(client, query);
    Stream server = standIn.accept();
    assertArrayEquals(FrameReader.framed(query).array(), server.take(), "unchanged");
    return server;
  }

  @Test
  void aNameForTheSystemResolverGoesToTheLibrarysServer() throws IOException {
    Stream server = asked(QUERY);
    assertTrue(standIn.loop.owes());
    standIn.write(server, response(QUERY));
    assertArrayEquals(response(QUERY), standIn.read(client).get(0));
    assertTrue(server.isClosedByPeer(), "one connection for one query");
    assertFalse(client.isClosedByPeer());
    assertFalse(standIn.loop.owes());
    assertEquals(0, standIn.overTls.size());
    assertEquals(List.of("the server: 1 names of the system"), standIn.bypasses.texts());
  }

  @Test
  void aQueryIsAnsweredWhenTheServerConnectsAtOnce() throws IOException {
    standIn.network.connectsAtOnce = true;
    Stream server = asked(QUERY);
    standIn.write(server, response(QUERY));
    assertEquals(List.of(1), ids(standIn.read(client)));
  }

  @Test
  void aResponseInPiecesIsPassedOnWhole() throws IOException {
    Stream server = asked(QUERY);
    for (byte octet : FrameReader.framed(response(QUERY)).array()) {
      assertEquals(List.of(), standIn.read(client));
      standIn.writeRaw(server, new byte[] {octet});
    }
    assertEquals(List.of(1), ids(standIn.read(client)));
  }

  /** Another message, whatever sends it, is not the response (RFC 5452 §9.1). */
  @Test
  void aResponseWithAnotherIdIsDropped() throws IOException {
    Stream server = asked(QUERY);
    standIn.write(server, response(query(9, "db.internal", A)));
    assertEquals(List.of(), standIn.read(client));
    standIn.write(server, response(QUERY));
    assertEquals(List.of(1), ids(standIn.read(client)));
  }

  /** Several at once have connections of their own, and end in any order. */
  @Test
  void severalQueriesAreInFlightAndAnsweredInAnyOrder() throws IOException {
    byte[] other = query(3, "other.internal", A);
    standIn.write(client, QUERY, other);
    Stream first = standIn.accept();
    Stream second = standIn.accept();
    standIn.write(second, response(other));
    standIn.write(first, response(QUERY));
    assertEquals(List.of(3, 1), ids(standIn.read(client)));
  }

  /** As the server itself would; with all other responses before. */
  @Test
  void aRefusedConnectionEndsTheClientAfterOtherResponses() throws IOException {
    standIn.tcpServer.close();
    standIn.write(client, query(5, "www.example", A), QUERY);
    assertFalse(client.isClosedByPeer());
    standIn.nextOverTls().answer(1);
    standIn.settle();
    assertEquals(List.of(5), ids(standIn.read(client)));
    assertTrue(client.isClosedByPeer());
    assertFalse(standIn.loop.owes());
  }

  @Test
  void anUnsupportedAddressEndsTheClient() throws IOException {
    standIn.network.refusesAddressTypes = true;
    long open = standIn.network.openChannels();
    standIn.write(client, QUERY);
    assertTrue(client.isClosedByPeer());
    assertEquals(open - 1, standIn.network.openChannels());
  }

  @Test
  void withoutFilesTheClientEnds() throws IOException {
    standIn.network.filesLeft = 0;
    standIn.write(client, QUERY);
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void withTooManyConnectionsTheClientEnds() throws IOException {
    List<Stream> all = new ArrayList<>();
    while (!standIn.loop.isFull()) {
      all.add(standIn.tcpClient());
    }
    standIn.write(client, QUERY);
    assertTrue(client.isClosedByPeer());
    assertNull(standIn.accept());
    standIn.write(all.get(0), QUERY);
    assertFalse(all.get(0).isClosedByPeer(), "there is room for one");
  }

  @Test
  void aCloseWithoutResponseEndsTheClient() throws IOException {
    Stream server = asked(QUERY);
    standIn.close(server);
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void aResetByTheServerEndsTheClient() throws IOException {
    Stream server = asked(QUERY);
    server.abort();
    standIn.settle();
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void noResponseEndsTheClientAfterTenSeconds() throws IOException {
    Stream server = asked(QUERY);
    standIn.pass(WAIT);
    assertFalse(client.isClosedByPeer());
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
    assertTrue(server.isClosedByPeer());
  }

  @Test
  void aConnectWithoutAnswerEndsTheClientAfterTenSeconds() throws IOException {
    standIn.network.blackHoles.add(StandInUnderTest.SERVER);
    long open = standIn.network.openChannels();
    standIn.write(client, QUERY);
    standIn.pass(WAIT);
    assertFalse(client.isClosedByPeer());
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
    assertEquals(open - 1, standIn.network.openChannels());
  }

  /** RFC 5936 §2.2: of as many messages as the server likes; the client closes. */
  @Test
  void aTransferIsPassedOnMessageByMessage() throws IOException {
    Stream server = asked(TRANSFER);
    standIn.write(server, message(TRANSFER, 100), message(TRANSFER, 2_000));
    List<byte[]> come = standIn.read(client);
    assertEquals(List.of(100, 2_000), come.stream().map(one -> one.length).toList());
    assertTrue(standIn.loop.owes(), "there may be more");
    standIn.write(server, message(query(9, "internal", AXFR), 50)); // of another query
    standIn.write(server, message(TRANSFER, 30));
    assertEquals(30, standIn.read(client).get(0).length);
    standIn.close(server);
    assertTrue(client.isClosedByPeer());
    assertFalse(standIn.loop.owes());
  }

  @Test
  void theEndOfATransferComesAfterAllMessages() throws IOException {
    Stream server = asked(TRANSFER);
    client.room = 10;
    server.write(FrameReader.framed(message(TRANSFER, 100)));
    standIn.close(server);
    assertFalse(client.isClosedByPeer());
    assertEquals(100, standIn.read(client).get(0).length);
    assertTrue(client.isClosedByPeer());
  }

  /** A long zone takes as long as it takes: only a pause ends it. */
  @Test
  void aMessageOfATransferRestartsTheTimeLimit() throws IOException {
    Stream server = asked(TRANSFER);
    for (int i = 0; i < 5; i++) {
      standIn.pass(WAIT);
      standIn.write(server, message(TRANSFER, 100));
      assertEquals(1, standIn.read(client).size());
    }
    standIn.pass(WAIT);
    assertFalse(client.isClosedByPeer());
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
    assertTrue(server.isClosedByPeer());
  }

  /** A message of another query does not. */
  @Test
  void aMessageOfAnotherQueryDoesNotRestartTheTimeLimit() throws IOException {
    Stream server = asked(TRANSFER);
    standIn.pass(WAIT);
    standIn.write(server, message(query(9, "internal", AXFR), 50));
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
  }

  /** The client's memory is the program's: a server is read only as fast as the client reads. */
  @Test
  void aTransferPausesAt16UnreadMessages() throws IOException {
    Stream server = asked(TRANSFER);
    client.room = 0;
    for (int i = 0; i < 2 * BEHIND; i++) {
      standIn.write(server, message(TRANSFER, 98));
    }
    assertEquals(BEHIND * 100, server.unreadByPeer());
    assertFalse(client.isClosedByPeer());
    client.room = 1_000_000;
    standIn.settle();
    assertEquals(0, server.unreadByPeer());
    assertEquals(2 * BEHIND, standIn.read(client).size());
    standIn.close(server);
    assertTrue(client.isClosedByPeer());
  }

  /** Not the server's fault: its time limit begins when the client has read. */
  @Test
  void aPausedTransferHasNoTimeLimit() throws IOException {
    Stream server = asked(TRANSFER);
    client.room = 0;
    for (int i = 0; i < BEHIND; i++) {
      standIn.write(server, message(TRANSFER, 98));
    }
    standIn.write(server, message(query(9, "internal", AXFR), 50)); // begins no wait again
    client.room = 1;
    for (int i = 0; i < 20; i++) { // it reads an octet from time to time
      standIn.pass(Duration.ofSeconds(5));
      client.take();
      standIn.settle();
    }
    assertFalse(client.isClosedByPeer());
    assertFalse(server.isClosedByPeer());
    client.room = 1_000_000;
    client.take();
    standIn.settle();
    client.take();
    standIn.pass(WAIT);
    assertFalse(client.isClosedByPeer());
    standIn.write(client, query(7, "www.example", A)); // another response gives it no more time
    standIn.nextOverTls().answer(1);
    standIn.settle();
    assertEquals(List.of(7), ids(standIn.read(client)));
    standIn.pass(SWEEP);
    assertTrue(client.isClosedByPeer());
  }

  /** The server must not go on for a client that is gone. */
  @Test
  void aClosedClientEndsItsTransfer() throws IOException {
    Stream server = asked(TRANSFER);
    client.abort();
    standIn.settle();
    assertFalse(standIn.loop.owes(), "the library waits no more");
    standIn.pass(SWEEP);
    assertTrue(server.isClosedByPeer());
  }

  /** RFC 9293 §3.6: it still reads, and asks nothing more; the server learns that. */
  @Test
  void aHalfCloseDuringATransferReachesTheServer() throws IOException {
    Stream server = asked(TRANSFER);
    assertFalse(server.isAtEnd());
    standIn.shutDown(client);
    assertTrue(server.isAtEnd());
    standIn.write(server, message(TRANSFER, 100));
    assertEquals(1, standIn.read(client).size());
    assertFalse(client.isClosedByPeer());
    standIn.close(server);
    assertTrue(client.isClosedByPeer());
  }

  /** The same before the server has accepted: it gets the whole query first. */
  @Test
  void aHalfCloseBeforeTheConnectReachesTheServerAfterTheQuery() throws IOException {
    standIn.network.blackHoles.add(StandInUnderTest.SERVER);
    client.write(FrameReader.framed(TRANSFER));
    standIn.shutDown(client);
    standIn.network.blackHoles.clear();
    standIn.settle();
    Stream server = standIn.accept();
    assertArrayEquals(FrameReader.framed(TRANSFER).array(), server.take());
    assertTrue(server.isAtEnd());
    standIn.write(server, message(TRANSFER, 100));
    assertEquals(1, standIn.read(client).size());
  }

  /** One side of the server's is gone: what it has sent is still given on. */
  @Test
  void aHalfCloseAfterAResetStillPassesOnTheLastMessage() throws IOException {
    Stream server = asked(TRANSFER);
    server.write(FrameReader.framed(message(TRANSFER, 100)));
    client.shutdownOutput();
    server.abort();
    standIn.settle();
    assertEquals(1, standIn.read(client).size());
    assertTrue(client.isClosedByPeer());
  }

  /** A query and a transfer on one connection: the response comes although the transfer is late. */
  @Test
  void otherQueriesAreAnsweredDuringATransfer() throws IOException {
    Stream server = asked(TRANSFER);
    standIn.write(client, query(7, "www.example", A));
    standIn.nextOverTls().answer(1);
    standIn.settle();
    assertEquals(List.of(7), ids(standIn.read(client)));
    standIn.write(server, message(TRANSFER, 100));
    assertEquals(List.of(2), ids(standIn.read(client)));
  }

  /** RFC 5936 §4.2: after the end of one transfer the server may be asked for the next. */
  @Test
  void theEndOfOneTransferDoesNotEndTheOther() throws IOException {
    Stream first = asked(TRANSFER);
    byte[] other = query(3, "other.internal", AXFR);
    Stream second = asked(other);
    standIn.write(first, message(TRANSFER, 40));
    standIn.close(first);
    assertEquals(List.of(2), ids(standIn.read(client)));
    assertFalse(client.isClosedByPeer(), "the second one is not yet at its end");
    standIn.write(second, message(other, 40));
    assertEquals(List.of(3), ids(standIn.read(client)));
    standIn.shutDown(client);
    assertTrue(second.isAtEnd());
    standIn.close(second);
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void aSlowServerGetsTheWholeQuery() throws IOException {
    standIn.network.room = 5;
    standIn.write(client, QUERY);
    Stream server = standIn.accept();
    byte[] framed = FrameReader.framed(QUERY).array();
    int come = 0;
    for (byte[] some = server.take(); some.length > 0; some = server.take()) {
      for (byte octet : some) {
        assertEquals(framed[come++], octet);
      }
      standIn.settle();
    }
    assertEquals(framed.length, come);
    server.peerHolds(1_000);
    standIn.write(server, response(QUERY));
    assertEquals(List.of(1), ids(standIn.read(client)));
  }
}
