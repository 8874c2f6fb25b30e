package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.AnswerFault.Kind;
import io.github.dotagent.it.harness.server.ConnectFault;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DotServerFaultsTest {
  private static final byte[] QUERY = DotClient.query(7, "four.example.test", 1);
  private static final byte[] OTHER = DotClient.query(8, "www.example.test", 1);
  private static final int SHORT_MILLIS = 300; // long enough for an answer that would come

  private final ServerFixture dot = new ServerFixture();

  @AfterEach
  void close() {
    dot.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = ConnectFault.class,
      names = {"PLAIN_TEXT", "CLOSE", "RESET"})
  void failsTheHandshake(ConnectFault fault) throws Exception {
    dot.server.faults().onNextConnection(fault);
    assertThrows(IOException.class, dot::client);
    assertTrue(dot.server.log().awaitClosed(1, Duration.ofSeconds(10)).get(0).handshakeFailed());
    dot.client().close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"HANG", "HALF_FRAME", "OVERSIZED_LENGTH", "TRICKLE"})
  void keepsSilent(Kind fault) throws Exception {
    dot.server.faults().onNextAnswer(fault);
    try (DotClient client = dot.client()) {
      client.timeoutMillis(SHORT_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> client.ask(QUERY));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CLOSE", "HALF_FRAME_THEN_CLOSE"})
  void closes(Kind fault) throws Exception {
    dot.server.faults().onEveryAnswer(fault);
    try (DotClient client = dot.client()) {
      assertThrows(EOFException.class, () -> client.ask(QUERY));
    }
  }

  @Test
  void resets() throws Exception {
    dot.server.faults().onEveryAnswer(Kind.RESET);
    try (DotClient client = dot.client()) {
      assertThrows(SocketException.class, () -> client.ask(QUERY));
    }
  }

  @Test
  void spoilsAnswers() throws Exception {
    try (DotClient client = dot.client()) {
      byte[] right = answer(client, Kind.ONE_OCTET_AT_A_TIME);
      assertEquals("four.example.test. 1 1", Reply.parse(right).question());
      assertNotEquals(7, Reply.parse(answer(client, Kind.WRONG_ID)).id());
      Reply other = Reply.parse(answer(client, Kind.WRONG_QUESTION));
      assertEquals(7, other.id());
      assertEquals("not-asked.invalid. 1 1", other.question());
      byte[] begun = answer(client, Kind.TRUNCATED_MESSAGE);
      assertTrue(begun.length < right.length);
      assertArrayEquals(Arrays.copyOf(right, begun.length), begun);
      assertEquals(64, answer(client, Kind.GARBAGE).length);
      assertEquals(0, answer(client, Kind.EMPTY_FRAME).length);
      assertEquals(0, Reply.parse(answer(client, Kind.NOT_A_RESPONSE)).flags() & 0x8000);
      assertArrayEquals(right, answer(client, Kind.TWICE));
      assertArrayEquals(right, client.receive());
      byte[] two = answer(client, Kind.TWO_QUESTIONS);
      assertEquals(2, two[5]);
      assertTrue(two.length > right.length);
      byte[] last = answer(client, Kind.FLOOD);
      for (int unasked = 1; Reply.parse(last).id() != 7; unasked++) {
        assertEquals(7 + unasked, Reply.parse(last).id());
        last = client.receive();
      }
      byte[] given = {1, 2, 3};
      assertArrayEquals(given, answer(client, new AnswerFault.Message(query -> given)));
    }
  }

  private byte[] answer(DotClient client, AnswerFault fault) throws IOException {
    dot.server.faults().onNextAnswer(fault);
    client.send(QUERY);
    return client.receive();
  }

  @Test
  void laterAnswersComeBeforeHeldAndDelayedOnes() throws Exception {
    try (DotClient client = dot.client()) {
      dot.server.faults().hold("four.example.test");
      client.send(QUERY);
      client.send(OTHER);
      assertEquals(8, Reply.parse(client.receive()).id());
      dot.server.faults().release("four.example.test");
      assertEquals(7, Reply.parse(client.receive()).id());

      Duration delay = Duration.ofMillis(SHORT_MILLIS);
      dot.server.faults().onAnswer("four.example.test", new AnswerFault.Delay(delay));
      client.send(QUERY);
      client.send(OTHER);
      assertEquals(8, Reply.parse(client.receive()).id());
      assertEquals(7, Reply.parse(client.receive()).id());
    }
  }

  @Test
  void reversesAndClosesAfterSoMany() throws Exception {
    dot.server.faults().reverse(2);
    dot.server.faults().closeAfter(2);
    try (DotClient client = dot.client()) {
      client.send(QUERY);
      client.send(OTHER);
      assertEquals(8, Reply.parse(client.receive()).id());
      assertEquals(7, Reply.parse(client.receive()).id());
      assertThrows(EOFException.class, client::receive);
    }
  }

  @Test
  void closesIdleConnectionsAndRefusesAlpn() throws Exception {
    dot.server.faults().closeIdle(Duration.ofMillis(SHORT_MILLIS));
    try (DotClient client = dot.client()) {
      client.ask(QUERY);
      assertThrows(EOFException.class, client::receive);
    }
    dot.server.faults().refuseAlpn();
    IOException refused = assertThrows(IOException.class, dot::client);
    assertTrue(refused.getMessage().contains("no_application_protocol"), refused.getMessage());
  }
}
