package io.github.dotagent.forward;

import static io.github.dotagent.forward.StandInUnderTest.A;
import static io.github.dotagent.forward.StandInUnderTest.id;
import static io.github.dotagent.forward.StandInUnderTest.query;
import static io.github.dotagent.forward.StandInUnderTest.rcode;
import static io.github.dotagent.forward.StandInUnderTest.response;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.forward.MemoryNetwork.Datagrams;
import io.github.dotagent.forward.MemoryNetwork.Packet;
import io.github.dotagent.forward.MemoryNetwork.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries over UDP: over TLS, and to the library's own server. */
class UdpForwardingTest {
  /** As long as the own server is awaited. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final byte[] SYSTEMS = query(1, "db.internal", A);

  private StandInUnderTest standIn;
  private Datagrams client;

  @BeforeEach
  void start() throws IOException {
    standIn = new StandInUnderTest();
    client = standIn.udpClient();
  }

  private void ask(int id) throws IOException {
    standIn.send(client, query(id, "www.example", A));
  }

  private void answer(int addresses) {
    standIn.nextOverTls().answer(addresses);
    standIn.settle();
  }

  /** The query that the library's own server gets. */
  private Packet asked(byte[] query) throws IOException {
    standIn.send(client, query);
    Packet come = standIn.udpServer.next();
    assertArrayEquals(query, come.octets(), "unchanged");
    return come;
  }

  private void respond(Packet to, byte[] octets) throws IOException {
    standIn.udpServer.send(ByteBuffer.wrap(octets), to.from());
    standIn.settle();
  }

  @Test
  void aQueryGoesOverTlsAndItsResponseComesBack() throws IOException {
    ask(7);
    assertEquals("www.example", standIn.overTls.peek().query.name());
    assertNull(client.next());
    answer(1);
    byte[] come = client.next().octets();
    assertEquals(7, id(come));
    assertEquals(0, rcode(come));
    assertEquals(1, come[7], "one record");
    assertNull(client.next());
    assertNull(standIn.udpServer.next());
    assertFalse(standIn.loop.owes());
    assertEquals(List.of("the server: 1 over TLS"), standIn.bypasses.texts());
  }

  @Test
  void eachClientGetsItsOwnResponse() throws IOException {
    Datagrams other = standIn.udpClient();
    ask(1);
    standIn.send(other, query(2, "other.example", A));
    answer(1);
    answer(1);
    assertEquals(1, id(client.next().octets()));
    assertEquals(2, id(other.next().octets()));
    assertNull(client.next());
    assertNull(other.next());
  }

  /** RFC 1035 §4.2.1: 512 octets without EDNS, and TC when there are more. */
  @Test
  void moreThan512OctetsAreTruncatedWithTc() throws IOException {
    ask(1);
    answer(25);
    byte[] whole = client.next().octets();
    assertEquals(0, whole[2] & 2, "TC");
    assertEquals(25, whole[7]);
    ask(2);
    answer(40);
    byte[] cut = client.next().octets();
    assertEquals(2, cut[2] & 2, "TC");
    assertTrue(cut.length <= 512, "it has " + cut.length + " octets");
  }

  @Test
  void aFailureOverTlsIsServfail() throws IOException {
    ask(1);
    standIn.nextOverTls().completeExceptionally(new IllegalStateException("no server there"));
    standIn.settle();
    assertEquals(2, rcode(client.next().octets())); // RFC 1035 §4.1.1
  }

  /** {@code bypass=block}: a query is refused, anything else gets no response. */
  @Test
  void withBlockQueriesAreRefusedAndOtherMessagesDropped() throws IOException {
    standIn.block = true;
    byte[] withoutRd = query(3, "www.example", A);
    withoutRd[2] = 0;
    standIn.send(client, new byte[] {1, 2, 3});
    standIn.send(client, withoutRd);
    Packet come = client.next();
    assertEquals(3, id(come.octets()));
    assertEquals(5, rcode(come.octets()));
    assertNull(client.next());
  }

  /** It would end the channel for all, and is one client's. */
  @Test
  void aFailedSendLosesOnlyThatResponse() throws IOException {
    standIn.udpPort.cannotSend = true;
    ask(1);
    answer(1);
    standIn.udpPort.cannotSend = false;
    ask(2);
    answer(1);
    assertEquals(2, id(client.next().octets()));
    assertEquals(List.of(), standIn.warnings());
  }

  /** ICMP tells of a client that is gone; the queries behind it are read. */
  @Test
  void failedReadsDoNotStopLaterQueries() throws IOException {
    standIn.udpPort.refusals = 3;
    ask(1);
    assertEquals(1, standIn.overTls.size());
    standIn.udpPort.refusals = 2_000;
    client.send(query(2, "www.example", A));
    standIn.loop.turn();
    assertEquals(1, standIn.overTls.size(), "in the next turn, for the sake of other channels");
    standIn.settle();
    assertEquals(2, standIn.overTls.size());
  }

  @Test
  void anErrorLosesOnlyItsQuery() throws IOException {
    standIn.error = new LinkageError("of a test");
    ask(1);
    standIn.error = null;
    ask(2);
    answer(1);
    assertEquals(2, id(client.next().octets()));
    assertEquals(
        List.of("ERROR a query of a library was not forwarded: java.lang.LinkageError: of a test"),
        standIn.warnings());
  }

  /** One turn handles so many; the other channels come between. */
  @Test
  void oneTurnHandlesAtMost64Queries() throws IOException {
    for (int i = 0; i < 200; i++) {
      client.send(query(i, "www.example", A));
    }
    standIn.loop.turn();
    assertEquals(64, standIn.overTls.size());
    assertTrue(standIn.loop.owes(), "those that were read");
    standIn.loop.turn();
    assertEquals(128, standIn.overTls.size());
    standIn.settle();
    assertEquals(200, standIn.overTls.size());
    assertFalse(standIn.loop.owes());
    for (int i = 0; i < 200; i++) {
      answer(1);
      assertEquals(i, id(client.next().octets()));
    }
  }

  /** Although new ones come all the time, there is one task for the rest, and not one for each. */
  @Test
  void aContinuingFloodIsHandledInOrder() throws IOException {
    for (int i = 0; i < 130; i++) {
      client.send(query(i, "www.example", A));
    }
    standIn.loop.turn();
    for (int i = 130; i < 260; i++) {
      client.send(query(i, "www.example", A));
    }
    // the task that goes on, and then the channel, which is ready
    standIn.loop.turn();
    assertEquals(3 * 64, standIn.overTls.size());
    standIn.loop.turn();
    assertEquals(4 * 64, standIn.overTls.size(), "the task and the channel had one rest between");
    standIn.settle();
    for (int i = 0; i < 260; i++) {
      answer(1);
      assertEquals(i, id(client.next().octets()));
    }
  }

  /** The kernel keeps some hundred queries: while some are handled, new ones are read. */
  @Test
  void newQueriesAreReadWhileOthersAreHandled() throws IOException {
    int meanwhile = 60;
    Deque<byte[]> late = new ArrayDeque<>();
    for (int i = 0; i < meanwhile; i++) {
      late.add(query(8 + i, "www.example", A));
    }
    standIn.onQuery =
        () -> {
          standIn.udpPort.room = 4;
          if (!late.isEmpty()) {
            client.send(late.remove());
          }
        };
    for (int i = 0; i < 8; i++) {
      client.send(query(i, "www.example", A));
    }
    standIn.settle();
    assertEquals(8 + meanwhile, standIn.overTls.size());
  }

  /** Memory is the limit then; the others wait in the kernel, which drops what it cannot hold. */
  @Test
  void atMost2000QueriesAreReadAndInFlight() throws IOException {
    for (int i = 0; i < 3_000; i++) {
      client.send(query(i, "www.example", A));
    }
    standIn.loop.turn();
    // 2,000 at first; then each time as many as were handled meanwhile, which is 4 of 64
    assertEquals(3_000 - 2_000 - 60, standIn.udpPort.waiting());
    standIn.settle();
    assertEquals(2_000, standIn.overTls.size(), "in flight at most");
    assertEquals(0, standIn.udpPort.waiting());
    assertNull(client.next(), "the others are dropped, as on a network");
  }

  @Test
  void aNameForTheSystemResolverGoesToTheLibrarysServer() throws IOException {
    Packet query = asked(SYSTEMS);
    assertTrue(standIn.loop.owes());
    respond(query, response(SYSTEMS));
    assertArrayEquals(response(SYSTEMS), client.next().octets());
    assertFalse(standIn.loop.owes());
    assertEquals(0, standIn.overTls.size());
    assertEquals(List.of("the server: 1 names of the system"), standIn.bypasses.texts());
  }

  /** RFC 5452 §9.2: an attacker has to guess the port of each query. */
  @Test
  void eachQueryHasAPortOfItsOwn() throws IOException {
    long open = standIn.network.openChannels();
    Packet first = asked(SYSTEMS);
    Packet second = asked(query(2, "db.internal", A));
    assertNotEquals(first.from(), second.from());
    respond(first, response(SYSTEMS));
    respond(second, response(query(2, "db.internal", A)));
    assertEquals(open, standIn.network.openChannels());
  }

  /** RFC 5452 §9.1: an id that was guessed wrong does not end the wait. */
  @Test
  void aForgedResponseIsDropped() throws IOException {
    Packet query = asked(SYSTEMS);
    respond(query, response(query(9, "db.internal", A)));
    respond(query, response(query(1, "other.internal", A)));
    respond(query, SYSTEMS);
    respond(query, new byte[0]);
    assertNull(client.next());
    respond(query, response(SYSTEMS));
    assertArrayEquals(response(SYSTEMS), client.next().octets());
  }

  /** What is not DNS has no id; an empty datagram is still no response. */
  @Test
  void aMessageThatIsNotDnsGetsTheFirstDatagramAsResponse() throws IOException {
    Packet query = asked(new byte[] {1, 2, 3});
    respond(query, new byte[0]);
    assertNull(client.next());
    respond(query, new byte[] {4, 5});
    assertArrayEquals(new byte[] {4, 5}, client.next().octets());
  }

  @Test
  void aResponseOfAnotherAddressIsDropped() throws IOException {
    Packet query = asked(SYSTEMS);
    Datagrams other = standIn.network.openDatagramChannel();
    other.bind(new java.net.InetSocketAddress(StandInUnderTest.SERVERS, 54));
    other.send(ByteBuffer.wrap(response(SYSTEMS)), query.from());
    standIn.settle();
    assertNull(client.next());
  }

  /** The longest response is as long as a datagram may be. */
  @Test
  void aLongResponseOfTheLibrarysServerIsPassedOnWhole() throws IOException {
    Packet query = asked(SYSTEMS);
    byte[] response = StandInUnderTest.withAddresses(response(SYSTEMS), 4_000);
    respond(query, response);
    assertArrayEquals(response, client.next().octets());
  }

  @Test
  void noResponseEndsTheWaitAfterFiveSeconds() throws IOException {
    long open = standIn.network.openChannels();
    Packet query = asked(SYSTEMS);
    standIn.pass(WAIT);
    assertEquals(open + 1, standIn.network.openChannels());
    assertTrue(standIn.loop.owes());
    standIn.pass(SWEEP);
    assertEquals(open, standIn.network.openChannels());
    assertFalse(standIn.loop.owes());
    respond(query, response(SYSTEMS));
    assertNull(client.next());
  }

  /** ICMP: the server's port is closed. */
  @Test
  void anUnreachablePortEndsTheWait() throws IOException {
    long open = standIn.network.openChannels();
    Packet query = asked(SYSTEMS);
    standIn.network.datagrams.get(query.from()).refusals = 1;
    standIn.settle();
    assertEquals(open, standIn.network.openChannels());
    assertNull(client.next());
    assertEquals(List.of(), standIn.warnings());
  }

  @Test
  void anUnsupportedAddressDropsTheQuery() throws IOException {
    standIn.network.refusesAddressTypes = true;
    long open = standIn.network.openChannels();
    standIn.send(client, SYSTEMS);
    assertEquals(open, standIn.network.openChannels());
    assertEquals(List.of(), standIn.warnings());
    ask(2);
    assertEquals(1, standIn.overTls.size());
  }

  @Test
  void withoutFilesAQueryIsDropped() throws IOException {
    standIn.network.filesLeft = 0;
    standIn.send(client, SYSTEMS);
    assertNull(client.next());
    standIn.network.filesLeft = 1;
    asked(SYSTEMS);
  }

  /** As in a burst of names of a cluster: it is sent when a socket is free. */
  @Test
  void withTooManyConnectionsAQueryWaitsForRoom() throws IOException {
    List<Stream> all = fill();
    standIn.send(client, SYSTEMS);
    assertNull(standIn.udpServer.next());
    assertTrue(standIn.loop.owes());
    assertEquals(1, standIn.network.selectors.get(0).timeoutMillis, "it looks again soon");
    standIn.close(all.get(0));
    respond(standIn.udpServer.next(), response(SYSTEMS));
    assertNotNull(client.next());
    assertFalse(standIn.loop.owes());
    assertEquals(1_000, standIn.network.selectors.get(0).timeoutMillis);
  }

  @Test
  void afterFiveSecondsAWaitingQueryIsDropped() throws IOException {
    List<Stream> all = fill();
    standIn.send(client, SYSTEMS);
    standIn.timers.advance(WAIT);
    standIn.close(all.get(0));
    assertNull(standIn.udpServer.next());
    assertFalse(standIn.loop.owes());
  }

  @Test
  void beforeFiveSecondsAWaitingQueryIsSent() throws IOException {
    List<Stream> all = fill();
    standIn.send(client, SYSTEMS);
    standIn.timers.advance(WAIT.minusNanos(1));
    standIn.close(all.get(0));
    assertNotNull(standIn.udpServer.next());
  }

  @Test
  void atMost2000QueriesWaitForRoom() throws IOException {
    List<Stream> all = fill();
    for (int i = 0; i < 2_100; i++) {
      standIn.send(client, query(i, "db.internal", A));
    }
    for (Channel one : all) {
      one.close();
    }
    standIn.settle();
    int come = 0;
    int last = -1;
    for (int i = 0; i < 10; i++) { // the sockets of 250 at a time
      for (Packet next = standIn.udpServer.next(); next != null; next = standIn.udpServer.next()) {
        come++;
        assertEquals(last + 1, id(next.octets()), "in their order");
        last = id(next.octets());
        respond(next, response(next.octets()));
      }
    }
    assertEquals(2_000, come);
  }

  private List<Stream> fill() throws IOException {
    List<Stream> all = new ArrayList<>();
    while (!standIn.loop.isFull()) {
      all.add(standIn.tcpClient());
    }
    return all;
  }
}
