package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to a server that has to prove something else, or is not named any more. */
@Timeout(20)
class OtherIdentityTest {
  private static final byte[] QUERY = Messages.query("a.example");
  private static final TlsConnector OTHER =
      new TlsConnector(
          new TlsPolicy(Authentication.NAME, Set.of(), PinMode.ENFORCE, null), new RecordedLog());

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final ConnectionPool pool = server.pool(threads, timers, Duration.ofSeconds(5), true);
  private final DotTransport transport = new DotTransport(pool, timers);

  @AfterEach
  void end() throws InterruptedException {
    server.closeAll();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void aConnectionWithNothingToDoEndsAtOnce() throws Exception {
    ScriptedLink link = opened();
    pool.retireFor(OTHER);
    link.awaitClose();
    assertFalse(transport.isOpen());
  }

  @Test
  void aConnectionWithAWantedKeyBringsItsLastAnswers() throws Exception {
    ScriptedLink first = opened();
    CompletableFuture<byte[]> begun = exchange();
    byte[] sent = first.nextQuery();
    pool.retireFor(OTHER);
    CompletableFuture<byte[]> next = exchange();
    ScriptedLink second = server.nextOpenLink();
    second.respondTo(second.nextQuery());
    next.get();
    first.respondTo(sent);
    begun.get();
    first.awaitClose();
  }

  @Test
  void anUnwantedKeyClosesTheConnectionAndItsQueriesAreSentAgain() throws Exception {
    ScriptedLink first = opened();
    CompletableFuture<byte[]> begun = exchange();
    byte[] sent = first.nextQuery();
    first.showsAnUnwantedKey();
    pool.retireFor(OTHER);
    first.awaitClose();
    ScriptedLink second = server.nextOpenLink();
    byte[] again = second.nextQuery();
    assertArrayEquals(Messages.withId(sent, 0), Messages.withId(again, 0));
    second.respondTo(again);
    begun.get();
  }

  @Test
  void aConnectionBeingMadeIsReplaced() throws Exception {
    CompletableFuture<byte[]> begun = exchange();
    ScriptedLink first = server.nextLink();
    pool.retireFor(OTHER);
    first.awaitClose();
    ScriptedLink second = server.nextOpenLink();
    second.respondTo(second.nextQuery());
    begun.get();
  }

  @Test
  void theConnectionToARemovedServerClosesAfterItsLastAnswer() throws Exception {
    ScriptedLink first = opened();
    CompletableFuture<byte[]> begun = exchange();
    byte[] sent = first.nextQuery();
    transport.retire();
    first.respondTo(sent);
    begun.get();
    first.awaitClose();
  }

  /** A lookup that began before may have a second name to ask for. */
  @Test
  void olderLookupsGetOneQueryAConnection() throws Exception {
    ScriptedLink first = opened();
    transport.retire();
    first.awaitClose();
    CompletableFuture<byte[]> late = exchange();
    ScriptedLink second = server.nextOpenLink();
    second.respondTo(second.nextQuery());
    late.get();
    second.awaitClose();
  }

  /** Not by the thread that begins it, which holds a lock that others wait for. */
  @Test
  void aConnectionBegunDuringAChangeIsRetiredByTheTimer() throws Exception {
    DotConnection.Factory links =
        new DotConnection.OverLinks(
            server, threads, timers, "dns.example", Duration.ofSeconds(5).toNanos());
    AtomicReference<ConnectionPool> all = new AtomicReference<>();
    AtomicBoolean changed = new AtomicBoolean();
    DotConnection.Factory meanwhile =
        (mostQueries, listener) -> {
          if (changed.compareAndSet(false, true)) {
            all.get().retireFor(OTHER);
          }
          return links.begin(mostQueries, listener);
        };
    all.set(new ConnectionPool(meanwhile, timers, true));
    DotConnection first = all.get().first();
    ScriptedLink link = server.nextLink();
    assertFalse(first.hasEnded());
    timers.advance(Duration.ZERO);
    link.awaitClose();
    assertNotSame(first, all.get().first());
  }

  @Test
  void aConnectionBegunDuringTheRemovalTakesNoMoreQueries() throws Exception {
    DotConnection.Factory links =
        new DotConnection.OverLinks(
            server, threads, timers, "dns.example", Duration.ofSeconds(5).toNanos());
    AtomicReference<ConnectionPool> all = new AtomicReference<>();
    DotConnection.Factory meanwhile =
        (mostQueries, listener) -> {
          all.get().retire();
          return links.begin(mostQueries, listener);
        };
    all.set(new ConnectionPool(meanwhile, timers, true));
    DotConnection first = all.get().first();
    timers.advance(Duration.ZERO);
    assertFalse(first.takesQueries());
  }

  private ScriptedLink opened() throws Exception {
    CompletableFuture<Void> opening = transport.warmUp();
    ScriptedLink link = server.nextOpenLink();
    opening.get();
    return link;
  }

  private CompletableFuture<byte[]> exchange() {
    long deadline = timers.nanoTime() + Duration.ofSeconds(2).toNanos();
    return Exchanges.begin(transport, QUERY, deadline).thenApply(ReceivedResponse::message);
  }
}
