package io.github.dotagent.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.tls.ScriptedSession;
import io.github.dotagent.tls.TlsSession;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server may close the connection after any answer (RFC 7858 §3.4). */
class InspectedServerTest {
  private static final byte[] QUERY = new byte[20];

  private final Deque<ScriptedSession> others = new ArrayDeque<>();

  private InspectedServer server(ScriptedSession first, ScriptedSession... next) {
    others.addAll(List.of(next));
    return new InspectedServer(first.session(), this::another, 1_000, new ManualTimers());
  }

  private TlsSession another() {
    return others.isEmpty() ? null : others.remove().session();
  }

  private static void answers(InspectedServer server) throws IOException {
    byte[] response = server.exchange(QUERY).response();
    assertArrayEquals(
        Arrays.copyOfRange(QUERY, 2, QUERY.length),
        Arrays.copyOfRange(response, 2, response.length),
        "all but the id");
  }

  @Test
  void oneConnectionForAllIfItStays() throws IOException {
    InspectedServer server = server(new ScriptedSession(3));
    answers(server);
    answers(server);
    answers(server);
    assertEquals(1, server.connections());
  }

  @Test
  void anotherForEachIfItClosesAfterEach() throws IOException {
    ScriptedSession first = new ScriptedSession(1);
    ScriptedSession second = new ScriptedSession(1);
    ScriptedSession third = new ScriptedSession(1);
    InspectedServer server = server(first, second, third);
    answers(server);
    assertFalse(first.isClosed());
    answers(server);
    assertTrue(first.isClosed());
    answers(server);
    assertEquals(3, server.connections());
    server.close();
    assertTrue(third.isClosed());
  }

  /** It is not one that closes after an answer, and would close again. */
  @Test
  void noneIfItHasNotAnswered() throws IOException {
    InspectedServer server = server(new ScriptedSession(0), new ScriptedSession(1));
    ConnectionLost lost = assertThrows(ConnectionLost.class, () -> server.exchange(QUERY));
    assertEquals("closed the connection instead of answering", lost.getMessage());
    InspectedServer second =
        server(new ScriptedSession(1), new ScriptedSession(0), new ScriptedSession(1));
    others.remove();
    answers(second);
    assertThrows(ConnectionLost.class, () -> second.exchange(QUERY));
    assertThrows(ConnectionLost.class, () -> second.exchange(QUERY));
    assertEquals(1, others.size(), "the new one has not answered either");
  }

  @Test
  void theFirstReasonIfThereIsNoOther() throws IOException {
    InspectedServer server = server(new ScriptedSession(1));
    answers(server);
    ConnectionLost lost = assertThrows(ConnectionLost.class, () -> server.exchange(QUERY));
    assertEquals("closed the connection instead of answering", lost.getMessage());
    assertEquals(1, server.connections());
  }
}
