package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The route of each query, and the library's response. */
class QueryHandlerTest {
  private static final int RD = 0x01; // of the third octet
  private static final int RCODE = 0x0f; // of the fourth

  private final List<CompletableFuture<byte[]>> upstream = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>();
  private final List<byte[]> inClear = new ArrayList<>();
  private final Bypasses bypasses = new Bypasses();
  private final RecordedLog log = new RecordedLog();
  private int notAnswered;
  private boolean opportunistic;
  private boolean block; // bypass=block
  private Error error; // thrown by the lookup over TLS; null: none

  private final NamePlaces places =
      new NamePlaces() {
        @Override
        public boolean isSystems(String name) {
          return name.endsWith(".internal");
        }

        @Override
        public boolean isLoopback(String name) {
          return name.endsWith("localhost");
        }

        @Override
        public boolean isNoServers(String name) {
          return name.endsWith(".onion");
        }

        @Override
        public boolean mayLeaveInClear(String name) {
          return opportunistic;
        }

        @Override
        public boolean refusesCleartext() {
          return block;
        }
      };

  private final LibraryClient asker =
      new LibraryClient() {
        @Override
        public boolean isOverUdp() {
          return true;
        }

        @Override
        public void answer(byte[] response) {
          answers.add(response);
        }

        @Override
        public void unanswered() {
          notAnswered++;
        }

        @Override
        public void askInClear(byte[] query) {
          inClear.add(query);
        }
      };

  @Test
  void aNameGoesOverTls() {
    handle(false, query("www.example.com", RD));
    assertEquals(1, upstream.size());
    assertEquals(List.of(), inClear);
    upstream.get(0).completeExceptionally(new IllegalStateException("no server there"));
    assertEquals(2, answers.get(0)[3] & RCODE); // SERVFAIL
    seen("1 over TLS");
  }

  @Test
  void aNameForTheSystemResolverGoesToTheLibrarysServer() {
    handle(true, query("db.internal", RD));
    assertEquals(1, inClear.size());
    assertEquals(List.of(), upstream);
    seen("1 names of the system");
  }

  @Test
  void aSpecialUseNameIsAnsweredWithNxdomain() {
    handle(false, query("secret.onion", RD));
    assertEquals(3, answers.get(0)[3] & RCODE); // NXDOMAIN
    assertEquals(List.of(), inClear);
    assertEquals(List.of(), upstream);
    seen("1 answered by the agent");
  }

  @Test
  void localhostIsAnsweredWithTheLoopbackAddress() {
    handle(false, query("app.localhost", RD));
    handle(true, query("localhost", 0));
    assertEquals(List.of(), inClear);
    assertEquals(List.of(), upstream);
    assertEquals(2, answers.size());
    for (byte[] answer : answers) {
      assertEquals(0, answer[3] & RCODE);
      assertEquals(1, answer[7]); // RFC 1035 §4.1.1: ANCOUNT
    }
    seen("2 answered by the agent");
  }

  @Test
  void queriesOnlyTheLibrarysServerCanAnswerGoInTheClearAndAreLogged() {
    handle(false, query("www.example.com", 0));
    handle(false, new byte[] {1, 2, 3});
    assertEquals(2, inClear.size());
    seen("2 in the clear");
    assertEquals(
        List.of(
            "WARN a query to 192.0.2.53@53 leaves in the clear: it asks for the server's own data"
                + " (RD=0)",
            "WARN a query to 192.0.2.53@53 leaves in the clear: it is not a DNS query"),
        log.lines());
  }

  @Test
  void withBlockSuchQueriesAreRefusedAndLogged() {
    handle(true, query("www.example.com", 0));
    handle(true, new byte[] {1, 2, 3});
    assertEquals(List.of(), inClear);
    assertEquals(1, answers.size(), "what is no query cannot be answered");
    assertEquals(1, notAnswered, "but its client must not wait for it");
    assertEquals(5, answers.get(0)[3] & RCODE); // REFUSED
    seen("2 refused");
    assertTrue(log.lines().get(0).contains("is refused (bypass=block)"), log.lines().toString());
  }

  @Test
  void withOpportunisticAQueryThatFailsOverTlsGoesInTheClear() {
    opportunistic = true;
    handle(false, query("www.example.com", RD));
    upstream.get(0).completeExceptionally(new IllegalStateException("no server there"));
    assertEquals(1, inClear.size());
    assertEquals(List.of(), answers);
    seen("1 in the clear");
  }

  @Test
  void aBogusAnswerIsServfailAndNeverAskedInTheClear() {
    opportunistic = true;
    handle(false, query("www.example.com", RD));
    upstream.get(0).completeExceptionally(LookupFailure.bogus("x", "sent a bogus answer", 6));
    assertEquals(List.of(), inClear);
    assertEquals(2, answers.get(0)[3] & RCODE); // SERVFAIL
  }

  /** Another user must not keep the log from saying what leaves in the clear. */
  @Test
  void otherProcessesAreNotServedAndLoggedOnce() {
    QueryHandler handler = handler(false);
    assertTrue(handler.isServed(KernelSockets.Owner.THIS_PROCESS));
    for (int i = 0; i < 100; i++) {
      assertFalse(handler.isServed(KernelSockets.Owner.OTHER_USER));
      assertFalse(handler.isServed(KernelSockets.Owner.OTHER_PROCESS));
      assertFalse(handler.isServed(KernelSockets.Owner.NOT_LISTED));
    }
    handler.handle(query("www.example.com", 0), asker);
    String stranger = "WARN the port that stands in for 192.0.2.53@53 does not serve another ";
    assertEquals(
        List.of(
            stranger + "user of this machine",
            stranger + "process of this machine",
            "WARN a query to 192.0.2.53@53 leaves in the clear: it asks for the server's own data"
                + " (RD=0)"),
        log.lines().stream().filter(line -> line.startsWith("WARN")).toList());
  }

  /** Also where it is another protocol's: by the mode, and counted. */
  @Test
  void aStreamThatIsNotDnsPassesInTheClearOrIsRefusedWithBlock() {
    assertTrue(handler(false).passesStreams());
    assertFalse(handler(true).passesStreams());
    seen("1 in the clear, 1 refused");
    assertEquals(
        List.of(
            "WARN a stream to 192.0.2.53@53 leaves in the clear: it is not DNS",
            "WARN a stream to 192.0.2.53@53 is refused (bypass=block): it is not DNS"),
        log.lines());
  }

  @Test
  void moreThanTwoThousandQueriesInFlightAreDropped() {
    QueryHandler handler = handler(false);
    for (int i = 0; i < 3_000; i++) {
      handler.handle(query("www.example.com", RD), asker);
    }
    assertEquals(2_000, upstream.size());
    upstream.get(0).completeExceptionally(new IllegalStateException("no server there"));
    handler.handle(query("www.example.com", RD), asker);
    assertEquals(2_001, upstream.size());
  }

  /** More often than may be on their way at once: none of them is. */
  @Test
  void anErrorIsCountedAndTheNextQueryIsForwarded() {
    error = new LinkageError("of a test");
    QueryHandler handler = handler(false);
    for (int i = 0; i < 3_000; i++) {
      assertThrows(LinkageError.class, () -> handler.handle(query("www.example.com", RD), asker));
    }
    error = null;
    handler.handle(query("www.example.com", RD), asker);
    assertEquals(1, upstream.size());
    seen("3000 lost by an error");
  }

  /** A program that asks so all the time does not fill the log. */
  @Test
  void manyEqualLinesAreLoggedAFewTimesAndThenAtDebug() {
    QueryHandler handler = handler(false);
    for (int i = 0; i < 100; i++) {
      handler.handle(query("www.example.com", 0), asker);
    }
    assertEquals(LineBudget.MOST, log.lines().stream().filter(l -> l.startsWith("WARN")).count());
    assertEquals(100, log.lines().size());
    assertEquals(
        "DEBUG a query to 192.0.2.53@53 leaves in the clear: it asks for the server's own data"
            + " (RD=0)",
        log.lines().get(99));
  }

  private void seen(String fates) {
    assertEquals(List.of("192.0.2.53@53: " + fates), bypasses.texts());
  }

  private void handle(boolean block, byte[] query) {
    handler(block).handle(query, asker);
  }

  private QueryHandler handler(boolean blocking) {
    block = blocking;
    ForwardPort overTls =
        query -> {
          if (error != null) {
            throw error;
          }
          upstream.add(new CompletableFuture<>());
          return upstream.get(upstream.size() - 1);
        };
    return new QueryHandler(
        new InetSocketAddress(53),
        overTls,
        places,
        new QueryPath(places),
        bypasses.of("192.0.2.53@53"),
        new LineBudget(new ManualTimers()),
        log,
        Runnable::run);
  }

  private static byte[] query(String name, int flags) {
    java.io.ByteArrayOutputStream octets = new java.io.ByteArrayOutputStream();
    octets.writeBytes(new byte[] {0x12, 0x67, (byte) flags, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.")) {
      octets.write(label.length());
      octets.writeBytes(label.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    octets.writeBytes(new byte[] {0, 0, 1, 0, 1});
    return octets.toByteArray();
  }
}
