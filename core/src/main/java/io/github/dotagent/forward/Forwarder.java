package io.github.dotagent.forward;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.UninterruptibleWait;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.net.AddressText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens a stand-in (a port on loopback) for each server that a library asks, and sends the queries
 * over TLS if possible. One thread serves all stand-ins; it starts with the first. Safe for use by
 * any number of threads.
 */
public final class Forwarder {
  /**
   * A program usually asks one to three servers. A program that walks the DNS from its root asks
   * thousands, but no upstream can answer those queries.
   */
  private static final int MOST = 32;

  /** The interval between two checks whether all queries are answered. */
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final SelectorProvider network;
  private final Path proc;
  private final ForwardCoalescer overTls;
  private final NamePlaces places;
  private final QueryPath path;
  private final Bypasses bypasses;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final LineBudget lines;
  private final Queue<QueryHandler> handlers = new ConcurrentLinkedQueue<>();
  private final Map<SocketAddress, LoopbackProxy> hidden = standIns(); // by server
  private final Map<SocketAddress, LoopbackProxy> shown = standIns(); // by server
  private final Map<SocketAddress, LoopbackProxy> byAddress = standIns(); // hidden
  private final Object lock = new Object();
  private volatile ForwardLoop loop; // written under the lock; null until the first stand-in
  private KernelSockets sockets; // guarded by lock; made with the loop, used on its thread
  private boolean closed; // guarded by lock

  /**
   * Not a {@code ConcurrentHashMap}: a program may stop its thread inside such a map (Thread.stop,
   * up to Java 19), and the map may then stay locked.
   */
  private static Map<SocketAddress, LoopbackProxy> standIns() {
    return Collections.synchronizedMap(new HashMap<SocketAddress, LoopbackProxy>());
  }

  public Forwarder(
      ForwardPort overTls,
      NamePlaces places,
      Bypasses bypasses,
      ThreadStarter threads,
      Timers timers,
      Log log) {
    this(
        SelectorProvider.provider(),
        Paths.get("/proc"),
        overTls,
        places,
        bypasses,
        threads,
        timers,
        log);
  }

  /**
   * @param network makes the sockets; a test passes a network in memory
   * @param proc the directory that {@link KernelSockets} reads
   */
  Forwarder(
      SelectorProvider network,
      Path proc,
      ForwardPort overTls,
      NamePlaces places,
      Bypasses bypasses,
      ThreadStarter threads,
      Timers timers,
      Log log) {
    this.network = network;
    this.proc = proc;
    this.overTls = new ForwardCoalescer(overTls, timers);
    this.places = places;
    this.path = new QueryPath(places);
    this.bypasses = bypasses;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
    this.lines = new LineBudget(timers);
  }

  /**
   * The address on loopback that answers in place of a server.
   *
   * @param shown whether the program sees this address; if not, {@link #serverBehind} translates it
   *     back to the server
   * @throws IOException if there is no stand-in for the server and none can be opened
   */
  public InetSocketAddress standInFor(InetSocketAddress server, boolean shown) throws IOException {
    Map<SocketAddress, LoopbackProxy> byServer = shown ? this.shown : hidden;
    ForwardLoop turning = loop;
    if (turning != null && turning.isLost()) {
      turning.bury();
    }
    LoopbackProxy known = byServer.get(server);
    if (known != null) {
      return known.address();
    }
    if (isClosed()) {
      throw new IOException("the JVM ends");
    }
    // without the lock: if two threads open a port for one server, one port is closed again
    LoopbackProxy opened = LoopbackProxy.open(network, server);
    boolean begun = false;
    try {
      synchronized (lock) {
        known = byServer.get(server);
        if (known == null && !closed && byServer.size() < MOST) {
          // put before begin: if begin fails, the loop's thread removes it again
          byServer.put(server, opened);
          if (!shown) {
            byAddress.put(opened.address(), opened);
          }
          begin(opened);
          begun = true;
          return opened.address();
        }
      }
    } finally {
      if (!begun) {
        forget(opened);
      }
    }
    if (known == null) {
      throw new IOException(
          "the agent stands in for " + MOST + " servers already, or the JVM is shutting down");
    }
    return known.address();
  }

  private void begin(final LoopbackProxy standIn) throws IOException {
    final ForwardLoop turning = loop();
    final KernelSockets listed = sockets;
    turning.execute(
        new Runnable() {
          @Override
          public void run() {
            boolean begun = false;
            try {
              standIn.begin(
                  turning, handler(standIn.server(), turning), socketsFor(standIn, listed));
              begun = true;
            } catch (IOException refused) {
              log.write(
                  Level.ERROR,
                  "no local port stands in for " + textOf(standIn.server()) + ": " + refused);
            } finally {
              if (!begun) {
                forget(standIn); // the next query tries another port
              }
            }
          }
        });
  }

  private void forget(LoopbackProxy standIn) {
    hidden.values().remove(standIn);
    shown.values().remove(standIn);
    byAddress.values().remove(standIn);
    standIn.close();
  }

  /** Null if the system does not show the owners of sockets; on Linux, the log says so. */
  private KernelSockets socketsFor(LoopbackProxy standIn, KernelSockets listed) {
    if (!listed.exist()) {
      return null; // not Linux
    }
    String reason = "it does not list this process's own sockets";
    try {
      if (standIn.isListed(listed)) {
        return listed;
      }
    } catch (IOException | RuntimeException refused) {
      reason = refused.toString();
    }
    log.write(
        Level.WARN,
        "every user of this machine may use the port that stands in for "
            + textOf(standIn.server())
            + ", because /proc/self/net does not show the owners of sockets: "
            + reason);
    return null;
  }

  private ForwardLoop loop() throws IOException {
    if (loop == null) {
      KernelSockets listed = new KernelSockets(proc);
      Ending ending = new Ending(listed);
      ForwardLoop made = new ForwardLoop(network, timers, log, ending);
      ending.of = made;
      boolean begun = false;
      try {
        threads.start("forwarder", made);
        begun = true;
      } finally {
        if (!begun) {
          made.bury(); // the next query tries again, with a new selector
        }
      }
      loop = made;
      sockets = listed;
    }
    return loop;
  }

  /** Runs when a loop has ended: on the loop's thread, or on another if that thread was stopped. */
  private final class Ending implements Runnable {
    private final KernelSockets listed;
    private volatile ForwardLoop of;

    Ending(KernelSockets listed) {
      this.listed = listed;
    }

    @Override
    public void run() {
      listed.close();
      ended(of);
    }
  }

  /**
   * Forgets the ports of an ended loop, because other processes may own them now. The next query
   * opens new ports.
   */
  private void ended(ForwardLoop turned) {
    List<LoopbackProxy> all = new ArrayList<>();
    synchronized (lock) {
      if (turned != loop) {
        return; // already handled; a new loop may be running
      }
      all.addAll(hidden.values());
      all.addAll(shown.values());
      if (!closed) { // when the JVM ends, the maps stay: no query may leave in the clear
        hidden.clear();
        shown.clear();
        byAddress.clear();
        handlers.clear();
        loop = null;
      }
    }
    for (LoopbackProxy one : all) {
      one.close();
    }
  }

  private QueryHandler handler(InetSocketAddress server, ForwardLoop turning) {
    QueryHandler made =
        new QueryHandler(
            server, overTls, places, path, bypasses.of(textOf(server)), lines, log, turning);
    handlers.add(made);
    return made;
  }

  /** New settings are in force: later queries do not share a response of the previous servers. */
  public void settingsChanged() {
    overTls.forget();
  }

  /**
   * Waits until all queries at the stand-ins are answered, for at most this time. Call it only when
   * the program sends no more queries to them.
   */
  public void drain(long nanos) {
    ForwardLoop turning;
    synchronized (lock) {
      turning = loop;
    }
    if (turning == null) {
      return;
    }
    long end = timers.nanoTime() + nanos;
    int looks = 0; // looks in a row that found nothing; the loop reads all sockets between two
    while (looks < 2 && timers.nanoTime() - end < 0) {
      looks = owesNothing(turning, end - timers.nanoTime()) ? looks + 1 : 0;
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  private boolean owesNothing(final ForwardLoop turning, long nanos) {
    final AtomicBoolean nothing = new AtomicBoolean();
    final CountDownLatch looked = new CountDownLatch(1);
    turning.execute(
        new Runnable() {
          @Override
          public void run() {
            // in this order: if a query over TLS fails, the loop may send it in the clear
            nothing.set(inFlight() == 0 && !turning.owes());
            looked.countDown();
          }
        });
    UninterruptibleWait.within(Math.max(0, nanos), looked);
    return nothing.get();
  }

  private int inFlight() {
    int all = 0;
    for (QueryHandler one : handlers) {
      all += one.inFlight();
    }
    return all;
  }

  /** {@code ADDRESS@PORT}, the form of upstreams in settings and logs. */
  public static String textOf(InetSocketAddress server) {
    return AddressText.of(server.getAddress()) + "@" + server.getPort();
  }

  /** The server that a hidden stand-in replaces; null if the address is not a hidden stand-in. */
  public InetSocketAddress serverBehind(SocketAddress standIn) {
    LoopbackProxy known = byAddress.get(standIn);
    return known == null ? null : known.server();
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Ends the thread and closes every port, permanently. */
  public void close() {
    synchronized (lock) {
      closed = true;
      if (loop != null) {
        loop.close();
      }
    }
  }
}
