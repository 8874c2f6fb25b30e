package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.network.Relay;
import io.github.dotagent.it.harness.web.EchoOnLoopback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  /** For a silence: long enough for an answer that would come. */
  private static final int SHORT_MILLIS = 300;

  /** For an answer: a busy machine may take seconds for it. */
  private static final int LONG_MILLIS = 20_000;

  private static final Duration ONE_WAY = Duration.ofMillis(50);

  private final EchoOnLoopback echo = EchoOnLoopback.start();

  @AfterEach
  void close() {
    echo.close();
  }

  @Test
  void passes() throws IOException {
    try (Relay relay = Relay.to(echo.port());
        Socket client = connect(relay)) {
      assertEquals("echo hello", say(client));
      assertEquals(-1, client.getInputStream().read(), "its end as well");
      assertEquals(1, relay.connections());
    }
  }

  @Test
  void takesTwoRoundTripsToTheFirstAnswer() throws IOException {
    try (Relay relay = Relay.to(echo.port(), ONE_WAY);
        Socket client = connect(relay)) {
      long begun = System.nanoTime();
      assertEquals("echo hello", say(client));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      // the connect itself came before it was begun to count
      assertTrue(took.compareTo(ONE_WAY.multipliedBy(4).minusMillis(20)) > 0, took.toString());
    }
  }

  @Test
  void swallows() throws IOException {
    try (Relay relay = Relay.to(echo.port());
        Socket client = connect(relay)) {
      relay.swallow();
      assertThrows(SocketTimeoutException.class, () -> assertSilent(client));
      try (Socket other = connect(relay)) {
        assertThrows(SocketTimeoutException.class, () -> assertSilent(other));
      }
      relay.recover();
      assertThrows(SocketTimeoutException.class, () -> assertSilent(client), "for good");
    }
  }

  @Test
  void forgetsTheOpenConnectionsAlone() throws IOException {
    try (Relay relay = Relay.to(echo.port());
        Socket client = connect(relay)) {
      assertEquals("echo hello", say(client));
      try (Socket forgotten = connect(relay)) {
        await(relay, 2);
        relay.forget();
        assertThrows(SocketTimeoutException.class, () -> assertSilent(forgotten));
        relay.reset();
      }
      assertEquals("echo hello", say(connect(relay)));
    }
  }

  @Test
  void resets() throws IOException {
    try (Relay relay = Relay.to(echo.port());
        Socket client = connect(relay)) {
      await(relay, 1);
      relay.reset();
      assertThrows(SocketException.class, () -> say(client));
    }
  }

  @Test
  void doesNotAnswerAndIsBack() throws IOException {
    try (Relay relay = Relay.to(echo.port())) {
      relay.goDeaf();
      assertThrows(SocketTimeoutException.class, () -> connect(relay, SHORT_MILLIS));
      relay.recover();
      assertEquals("echo hello", say(connect(relay)));
      relay.refuse();
      assertThrows(ConnectException.class, () -> connect(relay));
      relay.recover();
      assertEquals("echo hello", say(connect(relay)));
    }
  }

  private static Socket connect(Relay relay) throws IOException {
    return connect(relay, LONG_MILLIS);
  }

  private static Socket connect(Relay relay, int millis) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), relay.port()), millis);
    socket.setSoTimeout(LONG_MILLIS);
    return socket;
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SHORT_MILLIS);
    say(socket);
  }

  private static void await(Relay relay, int connections) {
    while (relay.connections() < connections) {
      Thread.onSpinWait();
    }
  }

  private static String say(Socket socket) throws IOException {
    socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }
}
