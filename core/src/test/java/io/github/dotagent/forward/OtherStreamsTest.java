package io.github.dotagent.forward;

import static io.github.dotagent.forward.StandInUnderTest.A;
import static io.github.dotagent.forward.StandInUnderTest.query;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.forward.MemoryNetwork.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams to port 53 that are not DNS go to their server as they are. */
class OtherStreamsTest {
  private static final byte[] GREETING =
      "SSH-2.0-test client\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLY = "SSH-2.0-test server\r\n".getBytes(StandardCharsets.US_ASCII);

  private StandInUnderTest standIn;
  private Stream client;

  @BeforeEach
  void start() throws IOException {
    standIn = new StandInUnderTest();
    client = standIn.tcpClient();
  }

  private void write(Stream socket, byte[] octets) throws IOException {
    standIn.writeRaw(socket, octets);
  }

  /** The server's side of a stream whose greeting has come. */
  private Stream greeted() throws IOException {
    write(client, GREETING);
    Stream server = standIn.accept();
    assertArrayEquals(GREETING, server.take());
    return server;
  }

  @Test
  void octetsPassBothWaysUntilBothSidesEnd() throws IOException {
    Stream server = greeted();
    write(server, REPLY);
    assertArrayEquals(REPLY, client.take());
    assertFalse(standIn.loop.owes(), "a stream is no query");
    standIn.shutDown(client);
    assertTrue(server.isAtEnd());
    write(server, REPLY);
    assertArrayEquals(REPLY, client.take());
    assertFalse(client.isAtEnd(), "the server's side has not ended");
    assertFalse(client.isClosedByPeer());
    standIn.shutDown(server);
    assertTrue(client.isAtEnd());
    assertTrue(client.isClosedByPeer());
    assertTrue(server.isClosedByPeer());
    assertEquals(List.of("the server: 1 in the clear"), standIn.bypasses.texts());
    assertEquals(
        List.of("WARN a stream to the server leaves in the clear: it is not DNS"),
        standIn.warnings());
  }

  @Test
  void theClientMaySendAfterTheServerHasEnded() throws IOException {
    Stream server = greeted();
    write(server, REPLY);
    standIn.shutDown(server);
    assertArrayEquals(REPLY, client.take());
    assertTrue(client.isAtEnd());
    write(client, GREETING);
    assertArrayEquals(GREETING, server.take());
    standIn.shutDown(client);
    assertTrue(server.isAtEnd());
    assertTrue(server.isClosedByPeer());
  }

  /** No time limit: it is the protocol's own, such as a long transfer. */
  @Test
  void aSilentStreamIsNotClosed() throws IOException {
    Stream server = greeted();
    standIn.pass(Duration.ofHours(1));
    write(server, REPLY);
    assertArrayEquals(REPLY, client.take());
  }

  @Test
  void aStreamPassesWhenTheServerConnectsAtOnce() throws IOException {
    standIn.network.connectsAtOnce = true;
    Stream server = greeted();
    write(server, REPLY);
    assertArrayEquals(REPLY, client.take());
  }

  /** Each side is read only as fast as the other one takes. */
  @Test
  void aLargeStreamArrivesWholeAtASlowClient() throws IOException {
    Stream server = greeted();
    client.room = 10;
    byte[] sent = new byte[1_000_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31 >> 3);
    }
    ByteBuffer left = ByteBuffer.wrap(sent);
    server.peerHolds(5_000);
    server.write(left);
    standIn.settle();
    server.write(left);
    standIn.settle();
    assertEquals(10_000, left.position(), "one part is held, the next one is not read");
    assertEquals(5_000, server.unreadByPeer());
    client.room = 3_000;
    ByteArrayOutputStream come = new ByteArrayOutputStream();
    boolean shut = false;
    while (come.size() < sent.length) {
      byte[] some = client.take();
      come.writeBytes(some);
      int before = left.position();
      if (left.hasRemaining()) {
        server.write(left);
      } else if (!shut) {
        shut = true;
        server.shutdownOutput();
      }
      standIn.settle();
      assertTrue(some.length > 0 || left.position() > before, "it has stopped");
    }
    assertArrayEquals(sent, come.toByteArray());
    assertTrue(client.isAtEnd());
  }

  @Test
  void aSlowServerGetsAllOctetsAndThenTheEnd() throws IOException {
    Stream server = greeted();
    server.room = 4;
    client.write(ByteBuffer.wrap(GREETING));
    client.shutdownOutput();
    standIn.settle();
    ByteArrayOutputStream come = new ByteArrayOutputStream();
    for (byte[] some = server.take(); some.length > 0; some = server.take()) {
      come.writeBytes(some);
      standIn.settle();
    }
    assertArrayEquals(GREETING, come.toByteArray());
    assertTrue(server.isAtEnd());
  }

  @Test
  void withBlockTheStreamEnds() throws IOException {
    standIn.block = true;
    write(client, GREETING);
    assertTrue(client.isAtEnd());
    assertTrue(client.isClosedByPeer());
    assertNull(standIn.accept());
    assertEquals(List.of("the server: 1 refused"), standIn.bypasses.texts());
  }

  @Test
  void aRefusedConnectionEndsTheStream() throws IOException {
    standIn.tcpServer.close();
    long open = standIn.network.openChannels();
    write(client, GREETING);
    assertTrue(client.isClosedByPeer());
    assertEquals(open - 1, standIn.network.openChannels());
  }

  @Test
  void anUnsupportedAddressEndsTheStream() throws IOException {
    standIn.network.refusesAddressTypes = true;
    long open = standIn.network.openChannels();
    write(client, GREETING);
    assertTrue(client.isClosedByPeer());
    assertEquals(open - 1, standIn.network.openChannels());
    assertEquals(List.of(), standIn.warnings().stream().filter(l -> l.startsWith("ERR")).toList());
  }

  /** The limit for the connect: then the client is told. */
  @Test
  void aConnectWithoutAnswerEndsTheStreamAfterTenSeconds() throws IOException {
    standIn.network.blackHoles.add(StandInUnderTest.SERVER);
    write(client, GREETING);
    long open = standIn.network.openChannels();
    standIn.pass(Duration.ofSeconds(10));
    assertEquals(open, standIn.network.openChannels());
    standIn.pass(Duration.ofSeconds(1));
    assertEquals(open - 1, standIn.network.openChannels());
    standIn.pass(Duration.ofSeconds(1));
    assertTrue(client.isClosedByPeer());
  }

  /** Until then it is read no further. */
  @Test
  void aServerThatAcceptsLateGetsAllOctets() throws IOException {
    standIn.network.blackHoles.add(StandInUnderTest.SERVER);
    write(client, GREETING);
    write(client, REPLY);
    assertEquals(REPLY.length, client.unreadByPeer());
    standIn.network.blackHoles.clear();
    standIn.settle();
    byte[] both = Arrays.copyOf(GREETING, GREETING.length + REPLY.length);
    System.arraycopy(REPLY, 0, both, GREETING.length, REPLY.length);
    Stream server = standIn.accept();
    assertArrayEquals(both, server.take());
    standIn.pass(Duration.ofSeconds(20));
    assertFalse(client.isClosedByPeer(), "the limit is for the connect alone");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResetByOneSideEndsTheOther(boolean theServer) throws IOException {
    Stream server = greeted();
    (theServer ? server : client).abort();
    standIn.settle();
    assertTrue((theServer ? client : server).isClosedByPeer());
  }

  /** A client that has closed its socket reads no more: the server is told by the first write. */
  @Test
  void aClosedClientEndsTheStreamAtTheNextWrite() throws IOException {
    Stream server = greeted();
    standIn.close(client);
    assertTrue(server.isAtEnd());
    write(server, REPLY);
    assertTrue(server.isClosedByPeer());
  }

  @Test
  void withTooManyConnectionsTheStreamEnds() throws IOException {
    List<Stream> all = new ArrayList<>();
    while (!standIn.loop.isFull()) {
      all.add(standIn.tcpClient());
    }
    write(client, GREETING);
    assertTrue(client.isClosedByPeer());
    assertNull(standIn.accept());
    write(all.get(0), GREETING);
    assertFalse(all.get(0).isClosedByPeer(), "now there is room for one");
  }

  @Test
  void withoutFilesTheStreamEnds() throws IOException {
    standIn.network.filesLeft = 0;
    write(client, GREETING);
    assertTrue(client.isClosedByPeer());
  }

  /** It is another protocol's: a library sends a query at once. */
  @Test
  void lessThanAHeaderPassesOnAfterAPause() throws IOException {
    write(client, new byte[] {0, 40, 1});
    standIn.pass(Duration.ofSeconds(1));
    standIn.pass(Duration.ofSeconds(1));
    Stream server = standIn.accept();
    assertArrayEquals(new byte[] {0, 40, 1}, server.take());
    write(server, REPLY);
    assertArrayEquals(REPLY, client.take());
  }

  @Test
  void withBlockLessThanAHeaderEndsAfterAPause() throws IOException {
    standIn.block = true;
    write(client, new byte[] {0, 40, 1});
    standIn.pass(Duration.ofSeconds(1));
    assertFalse(client.isClosedByPeer());
    standIn.pass(Duration.ofSeconds(1));
    assertTrue(client.isClosedByPeer());
  }

  @Test
  void aNewOctetRestartsThePause() throws IOException {
    write(client, new byte[] {0});
    standIn.pass(Duration.ofMillis(1_001));
    write(client, new byte[] {40});
    standIn.pass(Duration.ofMillis(1_001));
    assertNull(standIn.accept());
    standIn.pass(Duration.ofMillis(1_001));
    assertArrayEquals(new byte[] {0, 40}, standIn.accept().take());
  }

  /** A pause of the JVM's is the library's as well. */
  @Test
  void aQueryInTwoPartsWithAPauseBetweenIsForwarded() throws IOException {
    byte[] query = FrameReader.framed(query(1, "www.example", A)).array();
    write(client, Arrays.copyOf(query, 5));
    standIn.pass(Duration.ofSeconds(5));
    write(client, Arrays.copyOfRange(query, 5, query.length));
    assertEquals("www.example", standIn.nextOverTls().query.name());
  }

  /** Whatever it was to become: no query comes any more. */
  @Test
  void anIncompleteMessageThatEndsPassesOn() throws IOException {
    client.write(ByteBuffer.wrap(new byte[] {0, 30, 1, 2, 3}));
    standIn.shutDown(client);
    Stream server = standIn.accept();
    assertArrayEquals(new byte[] {0, 30, 1, 2, 3}, server.take());
    assertTrue(server.isAtEnd());
  }

  @Test
  void aResponseAsFirstMessagePassesOn() throws IOException {
    byte[] response = StandInUnderTest.response(query(1, "a.b", A));
    standIn.write(client, response);
    Stream server = standIn.accept();
    assertArrayEquals(FrameReader.framed(response).array(), server.take());
    write(server, REPLY);
    assertArrayEquals(REPLY, client.take());
  }

  @Test
  void aStreamWithoutOctetsEndsAndTheServerIsNotAsked() throws IOException {
    standIn.shutDown(client);
    assertTrue(client.isClosedByPeer());
    assertNull(standIn.accept());
    assertEquals(List.of(), standIn.log.lines());
  }

  /** The second look comes as soon as a second after an octet: not yet. */
  @Test
  void thePauseIsLongerThanASecond() throws IOException {
    client.write(ByteBuffer.wrap(new byte[] {0}));
    standIn.pass(Duration.ofSeconds(1)); // read, and looked at in the same turn
    standIn.pass(Duration.ofSeconds(1));
    assertNull(standIn.accept());
    standIn.pass(Duration.ofSeconds(1));
    assertArrayEquals(new byte[] {0}, standIn.accept().take());
  }

  /** After a query, a message that is none does not make the stream another protocol's. */
  @Test
  void aMessageThatIsNotDnsAfterAQueryGoesInAFrame() throws IOException {
    byte[] notDns = {1, 2, 3};
    standIn.write(client, query(1, "www.example", A), notDns);
    Stream server = standIn.accept();
    assertArrayEquals(FrameReader.framed(notDns).array(), server.take());
    standIn.nextOverTls().answer(1);
    standIn.settle();
    assertEquals(List.of(1), StandInUnderTest.ids(standIn.read(client)));
    assertEquals(List.of("the server: 1 over TLS, 1 in the clear"), standIn.bypasses.texts());
  }
}
