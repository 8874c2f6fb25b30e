package io.github.dotagent.forward;

import static io.github.dotagent.forward.StandInUnderTest.A;
import static io.github.dotagent.forward.StandInUnderTest.isAtEnd;
import static io.github.dotagent.forward.StandInUnderTest.query;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams to port 53 that are not DNS go to their server as they are. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherStreamsTest {
  private static final byte[] GREETING =
      "SSH-2.0-test client\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLY = "SSH-2.0-test server\r\n".getBytes(StandardCharsets.US_ASCII);

  private StandInUnderTest standIn;
  private Socket client;

  @BeforeEach
  void start() throws Exception {
    standIn = new StandInUnderTest();
    client = standIn.tcpClient();
  }

  @AfterEach
  void end() throws Exception {
    client.close();
    standIn.close();
  }

  private static void write(Socket socket, byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
  }

  private static byte[] read(Socket socket, int length) throws IOException {
    byte[] octets = new byte[length];
    new DataInputStream(socket.getInputStream()).readFully(octets);
    return octets;
  }

  @Test
  void octetsPassBothWaysUntilBothSidesEnd() throws Exception {
    write(client, GREETING);
    try (Socket server = standIn.accept()) {
      assertArrayEquals(GREETING, read(server, GREETING.length));
      write(server, REPLY);
      assertArrayEquals(REPLY, read(client, REPLY.length));
      assertFalse(standIn.owes(), "a stream is no query");
      client.shutdownOutput();
      assertTrue(isAtEnd(server));
      write(server, REPLY);
      assertArrayEquals(REPLY, read(client, REPLY.length));
      server.shutdownOutput();
      assertTrue(isAtEnd(client));
    }
    assertEquals(List.of("the server: 1 in the clear"), standIn.bypasses.texts());
    assertEquals(
        List.of("WARN a stream to the server leaves in the clear: it is no DNS"),
        standIn.warnings());
  }

  @Test
  void theClientMaySendAfterTheServerHasEnded() throws Exception {
    write(client, GREETING);
    try (Socket server = standIn.accept()) {
      read(server, GREETING.length);
      write(server, REPLY);
      server.shutdownOutput();
      assertArrayEquals(REPLY, read(client, REPLY.length));
      assertTrue(isAtEnd(client));
      write(client, GREETING);
      assertArrayEquals(GREETING, read(server, GREETING.length));
      client.shutdownOutput();
      assertTrue(isAtEnd(server));
    }
  }

  /** More than the kernel's buffers hold: each side is read only as fast as the other one takes. */
  @Test
  void aLargeStreamArrivesWholeAtASlowClient() throws Exception {
    int all = 8_000_000;
    write(client, GREETING);
    try (Socket server = standIn.accept()) {
      read(server, GREETING.length);
      byte[] sent = new byte[all];
      for (int i = 0; i < all; i++) {
        sent[i] = (byte) (i * 31 >> 3);
      }
      Thread sending =
          new Thread(
              () -> {
                try {
                  write(server, sent);
                  server.shutdownOutput();
                } catch (IOException closed) {
                  // then the client has too little
                }
              });
      sending.setDaemon(true);
      sending.start();
      for (int i = 0; i < 20; i++) {
        standIn.turns();
      }
      assertTrue(Arrays.equals(sent, read(client, all)));
      assertTrue(isAtEnd(client));
      sending.join();
    }
  }

  @Test
  void withBlockTheStreamEnds() throws Exception {
    standIn.block = true;
    write(client, GREETING);
    assertTrue(isAtEnd(client));
    assertEquals(List.of("the server: 1 refused"), standIn.bypasses.texts());
  }

  @Test
  void aRefusedConnectionEndsTheStream() throws Exception {
    standIn.tcpServer.close();
    write(client, GREETING);
    assertTrue(isAtEnd(client));
  }

  @Test
  void aResetByTheServerEndsTheStream() throws Exception {
    write(client, GREETING);
    try (Socket server = standIn.accept()) {
      read(server, GREETING.length);
      server.setSoLinger(true, 0); // a reset
    }
    standIn.pass(Duration.ofSeconds(2));
    try {
      assertTrue(isAtEnd(client));
    } catch (IOException reset) {
      assertFalse(reset instanceof java.net.SocketTimeoutException, "it has not ended");
    }
  }

  /** A pause of the JVM's is the library's as well. */
  @Test
  void aQueryInTwoPartsWithAPauseBetweenIsForwarded() throws Exception {
    byte[] query = FrameReader.framed(query(1, "www.example", A)).array();
    write(client, Arrays.copyOf(query, 5));
    standIn.turns();
    standIn.timers.advance(Duration.ofSeconds(5));
    standIn.turns();
    write(client, Arrays.copyOfRange(query, 5, query.length));
    assertEquals("www.example", standIn.nextOverTls().query.name());
  }

  /** Whatever it was to become: no query comes any more. */
  @Test
  void anIncompleteMessageThatEndsPassesOn() throws Exception {
    write(client, new byte[] {0, 30, 1, 2, 3});
    client.shutdownOutput();
    try (Socket server = standIn.accept()) {
      assertArrayEquals(new byte[] {0, 30, 1, 2, 3}, read(server, 5));
      assertTrue(isAtEnd(server));
    }
  }

  @Test
  void aResponseAsFirstMessagePassesOn() throws Exception {
    byte[] response = FrameReader.framed(StandInUnderTest.response(query(1, "a.b", A))).array();
    write(client, response);
    try (Socket server = standIn.accept()) {
      assertArrayEquals(response, read(server, response.length));
    }
  }
}
