package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.tls.TlsConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The connections to one server, and the queries that wait for one. Safe for use by any number of
 * threads.
 *
 * <p>One connection is enough for any load if the kernel acknowledges at once. If it does not, a
 * server with Nagle's algorithm holds a second answer back until the first one is acknowledged (see
 * {@link QuickAck}). Then a query that would travel behind another one takes a second connection,
 * if that connection has no query in flight.
 *
 * <p>A server that closes each connection after a few queries gets only this many on each, on a few
 * connections at a time. A server whose connections bring nothing is tried less and less often.
 * Queries without a connection wait here meanwhile.
 */
final class ConnectionPool {
  /**
   * The minimum interval between two attempts to open a second connection. A server may allow each
   * client only one, and not every query should try that.
   */
  static final long BEGIN_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * Connections at a time to a server that takes a few queries on each: a handshake takes two or
   * three times as long as a query, so with fewer connections most of the time would go to
   * handshakes. More would burden the server (RFC 7766 §6.2.2).
   */
  static final int MOST_AT_A_TIME = 4;

  /**
   * Queries on a connection to a server that the settings no longer name: lookups that began before
   * end there.
   */
  private static final int ONE_QUERY = 1;

  /** A query that waits for a connection. */
  abstract static class Waiter extends IntrusiveQueue.Element<Waiter> {
    /** Whether the query no longer needs a connection. */
    abstract boolean isDone();

    /** Gives it a connection. */
    abstract void sendOn(DotConnection connection);
  }

  private final ConnectionSlot[] slots = new ConnectionSlot[MOST_AT_A_TIME];
  private final Timers timers;
  private final boolean oneIsEnough;
  private final ConnectionPace pace;
  private final AtomicLong secondBegunAt;
  private final Object lock = new Object();
  private final IntrusiveQueue<Waiter> waiting = new IntrusiveQueue<>(); // guarded by lock
  private final List<DotConnection> slow = new ArrayList<>(); // guarded by itself; still opening
  private final List<DotConnection> begun = new ArrayList<>(); // guarded by itself; a few
  private boolean timerIsSet; // guarded by lock
  private long timerDue; // guarded by lock; valid while the timer is set
  private volatile boolean lived;
  private volatile long lastLife; // valid once lived
  private volatile boolean someWait; // written under the lock
  private volatile boolean retired; // the settings no longer name the server
  private volatile TlsConnector wanted; // null: the settings have not changed

  /**
   * @param oneIsEnough whether the kernel acknowledges at once
   */
  ConnectionPool(final DotConnection.Factory factory, Timers timers, boolean oneIsEnough) {
    this.timers = timers;
    this.oneIsEnough = oneIsEnough;
    this.pace = new ConnectionPace(timers);
    this.secondBegunAt = new AtomicLong(timers.nanoTime() - BEGIN_AGAIN_NANOS);
    final DotConnection.Listener listener = new Listener();
    Supplier<DotConnection> connections =
        new Supplier<DotConnection>() {
          @Override
          public DotConnection get() {
            boolean isLeft = retired;
            TlsConnector by = wanted;
            DotConnection connection = factory.begin(isLeft ? ONE_QUERY : pace.limit(), listener);
            remember(connection);
            if (retired != isLeft || wanted != by) { // in this very moment
              ConnectionPool.this.timers.after(0, new Retirement(connection, by));
            }
            return connection;
          }
        };
    for (int i = 0; i < MOST_AT_A_TIME; i++) {
      slots[i] = new ConnectionSlot(connections);
    }
  }

  /**
   * Retires a connection that was begun while the settings changed. Runs on the timer's thread,
   * because the thread that begins the connection holds the lock of its slot. The end of a
   * connection takes the pool's lock, and the holder of that lock may wait for the slot.
   */
  private final class Retirement implements Runnable {
    private final DotConnection connection;
    private final TlsConnector by; // which it was begun for

    Retirement(DotConnection connection, TlsConnector by) {
      this.connection = connection;
      this.by = by;
    }

    @Override
    public void run() {
      if (retired) {
        connection.retire();
      }
      if (wanted != by) {
        connection.retireFor(wanted);
      }
    }
  }

  /** The first one, begun if there is none. No I/O happens here. */
  DotConnection first() {
    return slots[0].connection();
  }

  /** Whether a query would be sent at once, on a connection that is there. */
  boolean isOpen() {
    return slots[0].isOpen();
  }

  /** How many connections are there, connected and authenticated. */
  int open() {
    int open = 0;
    for (ConnectionSlot slot : slots) {
      open += slot.isOpen() ? 1 : 0;
    }
    return open;
  }

  /** {@link DotConnection#isOurTurn} of the first connection. */
  boolean isOurTurn(long nanos) {
    return slots[0].isOurTurn(nanos);
  }

  private void remember(DotConnection connection) {
    synchronized (begun) {
      begun.add(connection);
    }
    forgetEnded(); // this one too, where it could not begin
  }

  private void forgetEnded() {
    synchronized (begun) {
      for (int i = begun.size() - 1; i >= 0; i--) {
        if (begun.get(i).hasEnded()) {
          begun.remove(i);
        }
      }
    }
    forgetNoLongerSlow();
    for (ConnectionSlot slot : slots) {
      slot.forgetEnded();
    }
  }

  private void forgetNoLongerSlow() {
    synchronized (slow) {
      for (int i = slow.size() - 1; i >= 0; i--) {
        DotConnection known = slow.get(i);
        if (known.wasOpen() || known.hasEnded()) {
          slow.remove(i);
        }
      }
    }
  }

  private List<DotConnection> remembered() {
    synchronized (begun) {
      return new ArrayList<>(begun);
    }
  }

  /** The settings no longer name the server: each connection ends with its last query. */
  void retire() {
    retired = true;
    for (DotConnection connection : remembered()) {
      connection.retire();
    }
  }

  /**
   * From now on the server must prove something else: calls {@link DotConnection#retireFor} for
   * each connection.
   */
  void retireFor(TlsConnector other) {
    wanted = other;
    for (DotConnection connection : remembered()) {
      connection.retireFor(other);
    }
  }

  /** How far the first one is, or how long it has been silent; empty when there is none. */
  String doing() {
    for (ConnectionSlot slot : slots) {
      String doing = slot.doing();
      if (!doing.isEmpty()) {
        return doing;
      }
    }
    ExchangeFailure trouble = pace.trouble();
    return trouble == null ? "" : trouble.getMessage() + ", and is tried again";
  }

  /** How many queries wait for a connection. */
  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** What is known about how the server treats connections. */
  ConnectionPace pace() {
    return pace;
  }

  /**
   * The connection to send the query on, begun if there is none; null if the query has to wait: the
   * pool then calls {@link Waiter#sendOn}. No I/O happens here.
   */
  DotConnection take(Waiter query) {
    for (ConnectionSlot slot : slots) {
      slot.endIfDeserted();
    }
    if (!someWait) {
      DotConnection free = free();
      if (free != null) {
        return free;
      }
    }
    synchronized (lock) {
      waiting.addLast(query);
      someWait = true;
    }
    goOn(); // a connection may have become free in this moment
    return null;
  }

  /** The queries that wait longest take the connections that exist now. */
  private void goOn() {
    while (someWait) {
      Waiter next;
      DotConnection free = null;
      synchronized (lock) {
        next = waiting.poll();
        if (next != null && !next.isDone()) {
          boolean waitsOn = true;
          try {
            free = free();
            if (free == null && !isToComeBack()) {
              free = free(); // the time for a new connection has come meanwhile
            }
            waitsOn = free == null;
          } finally {
            if (waitsOn) { // or there was no memory for a connection
              waiting.addFirst(next);
            }
          }
          if (free == null) {
            return;
          }
        }
        someWait = !waiting.isEmpty();
      }
      if (free != null) {
        next.sendOn(free);
      }
    }
  }

  /**
   * Whether the pool must come back when the next connection may begin. It learns of the end of a
   * connection anyway.
   */
  private boolean isToComeBack() {
    long wait = pace.waitNanos();
    long now = timers.nanoTime();
    // a timer that is late by a second more was lost: no memory, or its thread was stopped
    boolean isSet = timerIsSet && now - timerDue < ConnectionPace.LONGEST_WAIT_NANOS;
    if (wait > 0 && !isSet) {
      timers.after(wait, new ComeBack());
      timerIsSet = true;
      timerDue = now + wait;
    }
    return wait > 0;
  }

  private final class ComeBack implements Runnable {
    @Override
    public void run() {
      synchronized (lock) {
        timerIsSet = false;
      }
      goOn();
    }
  }

  /** Null when there is none, and none may be begun now. */
  private DotConnection free() {
    DotConnection usual = slots[0].usable();
    if (usual == null) {
      return pace.limit() == ConnectionPace.UNLIMITED ? begun() : oneOfFew();
    }
    if (oneIsEnough || !usual.isOpen() || usual.owesNothing()) {
      return usual;
    }
    if (!slots[1].isOpen()) {
      beginSecond();
      return usual;
    }
    DotConnection other = slots[1].usable();
    return other != null && other.isOpen() && other.owesNothing() ? other : usual;
  }

  private DotConnection begun() {
    return pace.waitNanos() > 0 ? null : slots[0].connection();
  }

  private DotConnection oneOfFew() {
    ConnectionSlot vacant = null;
    int taken = 0;
    for (ConnectionSlot slot : slots) {
      DotConnection usable = slot.usable();
      if (usable != null) {
        return usable;
      }
      if (slot.isVacant()) {
        vacant = slot;
      } else {
        taken++;
      }
    }
    boolean inTrouble = pace.trouble() != null; // then a single connection shows whether it is over
    int most = inTrouble || pace.isToBeAlone() ? 1 : MOST_AT_A_TIME;
    if (vacant == null || taken >= most || pace.waitNanos() > 0) {
      return null;
    }
    return vacant.connection();
  }

  private void beginSecond() {
    long now = timers.nanoTime();
    long last = secondBegunAt.get();
    if (now - last >= BEGIN_AGAIN_NANOS && secondBegunAt.compareAndSet(last, now)) {
      slots[1].connection();
    }
  }

  /** Whether the server has sent a message, or made a TLS session, since that moment. */
  boolean hasLivedSince(long moment) {
    return lived && lastLife - moment > 0;
  }

  private void lives() {
    lastLife = timers.nanoTime();
    lived = true;
  }

  private boolean isOneOfSeveral(DotConnection connection) {
    for (ConnectionSlot slot : slots) {
      if (slot.hasOther(connection)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBeginBeside(DotConnection opening) {
    synchronized (slow) {
      forgetNoLongerSlow();
      if (!slow.contains(opening) && slow.size() < MOST_AT_A_TIME - 1) {
        slow.add(opening);
      }
      boolean may = slow.contains(opening);
      forgetNoLongerSlow(); // it may have ended before it was added
      return may;
    }
  }

  private final class Listener implements DotConnection.Listener {
    @Override
    public void opened() {
      lives();
    }

    @Override
    public boolean mayBeginBeside(DotConnection opening) {
      return ConnectionPool.this.mayBeginBeside(opening);
    }

    @Override
    public void heard() {
      lives();
      pace.heard();
    }

    @Override
    public void lost(DotConnection connection, int unanswered, ExchangeFailure reason) {
      if (isOneOfSeveral(connection) && !connection.wasOfUse()) {
        pace.lostBesideAnother(reason);
      }
      pace.lost(
          connection.wasOpen(), connection.wasOfUse(), connection.answers(), unanswered, reason);
    }

    @Override
    public void ended() {
      forgetEnded();
      goOn();
    }
  }
}
