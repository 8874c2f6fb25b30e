package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * This JVM has no memory or no thread left, or a program has stopped our threads. What is lost then
 * is soon begun anew, with the same server, and is not held against it.
 */
@Timeout(20)
class OwnTroubleTest {
  private static final byte[] QUERY = Messages.query("a.example");
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads real = new RealThreads();
  private final FewThreads threads = new FewThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final ConnectionPool pool = server.pool(threads, timers, CONNECT_LIMIT, true);
  private final DotTransport transport = new DotTransport(pool, timers);

  @AfterEach
  void end() throws InterruptedException {
    server.closeAll();
    real.join();
    assertEquals(List.of(), real.uncaught());
  }

  @Test
  void aWriterThatCannotBeginIsBegunAgain() throws Exception {
    threads.refused = "writer dns.example";
    CompletableFuture<ReceivedResponse> response = exchange();
    threads.refused = null;
    timers.advance(Duration.ofNanos(ConnectionPace.FIRST_WAIT_NANOS));
    server.nextLink();
    answer(server.nextOpenLink(), response);
  }

  @Test
  void aReaderThatCannotStartIsReplaced() throws Exception {
    threads.refused = "reader dns.example";
    CompletableFuture<ReceivedResponse> response = exchange();
    ScriptedLink first = server.nextLink();
    first.letOpen();
    first.awaitClose();
    threads.refused = null;
    timers.advance(Duration.ofNanos(ConnectionPace.LONGEST_WAIT_NANOS));
    answer(server.nextOpenLink(), response);
  }

  /** A thread that is stopped may be stopped again in its finally block. */
  @Test
  void aWriterThatIsGoneIsFoundOutByTheNextQuery() throws Exception {
    threads.lost = true;
    CompletableFuture<ReceivedResponse> lost = exchange();
    server.nextLink();
    pool.first().writes(gone());
    threads.lost = false;
    CompletableFuture<ReceivedResponse> next = exchange();
    timers.advance(Duration.ofNanos(ConnectionPace.LONGEST_WAIT_NANOS));
    ScriptedLink link = server.nextOpenLink();
    link.respondTo(link.nextQuery());
    link.respondTo(link.nextQuery());
    assertNotNull(lost.get());
    assertNotNull(next.get());
  }

  @Test
  void aLostReaderClosesTheConnection() throws Exception {
    ScriptedLink first = opened();
    pool.first().reads(gone());
    CompletableFuture<ReceivedResponse> response = exchange();
    assertTrue(first.isClosed());
    timers.advance(Duration.ofNanos(ConnectionPace.LONGEST_WAIT_NANOS));
    answer(server.nextOpenLink(), response);
  }

  /** Upkeep closes a connection that has no more queries. */
  @Test
  void upkeepClosesADesertedConnectionInHalfASecond() throws Exception {
    ScriptedLink first = opened();
    CompletableFuture<ReceivedResponse> response = exchange();
    first.nextQuery();
    pool.first().reads(gone());
    timers.advance(Duration.ofNanos(Upkeep.LOOK_NANOS));
    assertTrue(first.isClosed());
    timers.advance(Duration.ofNanos(ConnectionPace.LONGEST_WAIT_NANOS));
    answer(server.nextOpenLink(), response);
  }

  @Test
  void aThreadThatDoesNotBeginIsGivenUpAfterTenSeconds() throws Exception {
    threads.lost = true;
    exchange();
    server.nextLink();
    DotConnection first = pool.first();
    timers.advance(Duration.ofNanos(DotConnection.NOT_BEGUN_NANOS - 1));
    exchange();
    assertFalse(first.hasEnded());
    timers.advance(Duration.ofNanos(1));
    threads.lost = false;
    exchange();
    assertTrue(first.hasEnded());
    assertEquals(Kind.LOCAL, first.end().kind());
  }

  /** The chain of looks ends with one that had no memory to set the next. */
  @Test
  void upkeepThatWasLostIsBegunAgain() throws Exception {
    FullTimers brittle = new FullTimers(timers);
    DotTransport other = new DotTransport(server.pool(real, brittle, CONNECT_LIMIT, true), brittle);
    CompletableFuture<ReceivedResponse> response = Exchanges.begin(other, QUERY, deadline());
    ScriptedLink link = server.nextOpenLink();
    answer(link, response);
    brittle.full = true;
    assertThrows(OutOfMemoryError.class, () -> timers.advance(Duration.ofNanos(Upkeep.LOOK_NANOS)));
    brittle.full = false;
    timers.advance(Duration.ofSeconds(10));
    CompletableFuture<ReceivedResponse> second = Exchanges.begin(other, QUERY, deadline());
    answer(link, second);
    timers.advance(Duration.ofNanos(IdleLimit.UNTOLD_NANOS));
    link.awaitLeave();
  }

  @Test
  void eachStepOfTheEndRunsAfterAFailedOne() {
    Link brittle =
        new Link() {
          @Override
          public void open(Runnable silent) {}

          @Override
          public boolean isReached() {
            return false;
          }

          @Override
          public long waitedNanos() {
            return 0;
          }

          @Override
          public InputStream in() {
            return InputStream.nullInputStream();
          }

          @Override
          public void acknowledge() {}

          @Override
          public void send(List<byte[]> frames) {}

          @Override
          public void closeInOrder() {}

          @Override
          public void close() {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    DotConnection.Listener full =
        new DotConnection.Listener() {
          @Override
          public void opened() {}

          @Override
          public boolean mayBeginBeside(DotConnection opening) {
            return false;
          }

          @Override
          public void heard() {}

          @Override
          public void lost(DotConnection connection, int unanswered, ExchangeFailure reason) {
            throw new OutOfMemoryError("Java heap space");
          }

          @Override
          public void ended() {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    DotConnection connection =
        new DotConnection(brittle, (role, work) -> {}, timers, "dns.example", 10, full);
    connection.start(DEADLINE.toNanos());
    PendingQuery first = new PendingQuery(QUERY, deadline(), false, null, new FullOwner());
    PendingQuery second = Exchanges.of(QUERY);
    connection.send(first);
    connection.send(second);
    connection.end(ExchangeFailure.brokenOff());
    assertTrue(first.isDone());
    Failed.with(Kind.LOCAL, ExchangeFailure.brokenOff().getMessage(), Exchanges.response(second));
    assertTrue(connection.owesNothing());
  }

  /** The caller's own stack or heap: the handler is told, so that what it counts is right. */
  @Test
  void theHandlerIsToldOfAQueryThatCouldNotBegin() {
    FullTimers brittle = new FullTimers(timers);
    DotTransport other = server.transport(real, brittle, CONNECT_LIMIT);
    brittle.full = true;
    List<ExchangeFailure> told = new ArrayList<>();
    assertThrows(
        OutOfMemoryError.class,
        () ->
            other.exchange(
                QUERY,
                deadline(),
                new ResponseHandler() {
                  @Override
                  public void responded(byte[] message, long roundTripNanos, IdleLimit idleLimit) {
                    throw new AssertionError();
                  }

                  @Override
                  public void inTrouble(ExchangeFailure trouble) {
                    throw new AssertionError();
                  }

                  @Override
                  public void failed(ExchangeFailure failure) {
                    told.add(failure);
                  }
                }));
    assertEquals(1, told.size());
    assertEquals(Kind.LOCAL, told.get(0).kind());
  }

  /** A query that waits for a connection is not lost with one that could not be made. */
  @Test
  void aQueryThatWaitsKeepsItsPlace() throws Exception {
    boolean[] full = {false};
    Supplier<Link> links =
        () -> {
          if (full[0]) {
            throw new OutOfMemoryError("Java heap space");
          }
          return server.get();
        };
    DotConnection.OverLinks connections =
        new DotConnection.OverLinks(links, real, timers, "dns.example", CONNECT_LIMIT.toNanos());
    ConnectionPool brittle = new ConnectionPool(connections, timers, true);
    DotTransport other = new DotTransport(brittle, timers);
    CompletableFuture<ReceivedResponse> response = Exchanges.begin(other, QUERY, deadline());
    server.nextLink().refuse(TlsFailures.of(TlsFailure.Kind.UNREACHABLE, "connection refused"));
    real.join(); // its thread has queued the query, and set the time of the next connection
    assertEquals(1, brittle.waiting());
    full[0] = true;
    assertThrows(
        OutOfMemoryError.class,
        () -> timers.advance(Duration.ofNanos(ConnectionPace.FIRST_WAIT_NANOS)));
    full[0] = false;
    assertEquals(1, brittle.waiting());
    CompletableFuture<ReceivedResponse> next = Exchanges.begin(other, QUERY, deadline());
    ScriptedLink link = server.nextOpenLink();
    link.respondTo(link.nextQuery());
    link.respondTo(link.nextQuery());
    assertNotNull(response.get());
    assertNotNull(next.get());
  }

  /** The same where the connection is open and its timeout cannot be set. */
  @Test
  void aQueryThatWaitsIsNotForgottenByAConnectionThatCannotBegin() throws Exception {
    FullTimers brittle = new FullTimers(timers);
    ConnectionPool waitedFor = server.pool(real, brittle, CONNECT_LIMIT, true);
    DotTransport other = new DotTransport(waitedFor, brittle);
    CompletableFuture<ReceivedResponse> response = Exchanges.begin(other, QUERY, deadline());
    server.nextLink().refuse(TlsFailures.of(TlsFailure.Kind.UNREACHABLE, "connection refused"));
    real.join(); // its thread has queued the query, and set the time of the next connection
    assertEquals(1, waitedFor.waiting());
    brittle.full = true;
    assertThrows(
        OutOfMemoryError.class,
        () -> timers.advance(Duration.ofNanos(ConnectionPace.FIRST_WAIT_NANOS)));
    brittle.full = false;
    assertEquals(1, waitedFor.waiting());
    server.nextLink(); // the link of the connection that could not start
    timers.advance(Duration.ofNanos(ConnectionPace.LONGEST_WAIT_NANOS));
    CompletableFuture<ReceivedResponse> next = Exchanges.begin(other, QUERY, deadline());
    ScriptedLink link = server.nextOpenLink();
    link.respondTo(link.nextQuery());
    link.respondTo(link.nextQuery());
    assertNotNull(response.get());
    assertNotNull(next.get());
  }

  private ScriptedLink opened() throws Exception {
    CompletableFuture<ReceivedResponse> response = exchange();
    ScriptedLink link = server.nextOpenLink();
    answer(link, response);
    return link;
  }

  private static void answer(ScriptedLink link, CompletableFuture<ReceivedResponse> response)
      throws Exception {
    byte[] query = link.nextQuery();
    link.respondTo(query);
    assertArrayEquals(Messages.response(QUERY, Messages.idOf(query)), response.get().message());
  }

  private CompletableFuture<ReceivedResponse> exchange() {
    return Exchanges.begin(transport, QUERY, deadline());
  }

  private long deadline() {
    return timers.nanoTime() + DEADLINE.toNanos();
  }

  private static Thread gone() throws InterruptedException {
    Thread thread = new Thread(() -> {});
    thread.start();
    thread.join();
    return thread;
  }

  private static final class FullOwner implements PendingQuery.Owner {
    @Override
    public void responded(PendingQuery exchange, byte[] message) {
      throw new OutOfMemoryError("Java heap space");
    }

    @Override
    public void failed(PendingQuery exchange, ExchangeFailure failure) {
      throw new OutOfMemoryError("Java heap space");
    }

    @Override
    public void doubted(PendingQuery exchange) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  /** Threads for all but one role. */
  private final class FewThreads implements ThreadStarter {
    private volatile String refused;
    private volatile boolean lost;

    @Override
    public void start(String role, Runnable work) {
      start(role, work, () -> {});
    }

    @Override
    public void start(String role, Runnable work, Runnable notStarted) {
      if (role.equals(refused)) {
        notStarted.run();
      } else if (!lost) {
        real.start(role, work);
      }
    }
  }

  /** Has no memory for a timer while it is full. */
  private static final class FullTimers implements Timers {
    private final Timers timers;
    private volatile boolean full;

    FullTimers(Timers timers) {
      this.timers = timers;
    }

    @Override
    public long nanoTime() {
      return timers.nanoTime();
    }

    @Override
    public Timer after(long delayNanos, Runnable action) {
      if (full) {
        throw new OutOfMemoryError("Java heap space");
      }
      return timers.after(delayNanos, action);
    }
  }
}
