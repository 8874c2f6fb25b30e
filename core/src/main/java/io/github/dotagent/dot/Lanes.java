package io.github.dotagent.dot;

import io.github.dotagent.support.Timers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The connections to one server: one is enough for any load where the kernel acknowledges at once.
 * Where it does not, a server with Nagle's algorithm on holds a second answer back until the first
 * one is acknowledged (see {@link QuickAck}): there a query that would travel behind another one
 * takes a second connection if nothing is under way on that. Safe for use by any number of threads.
 */
final class Lanes {
  /**
   * A second connection is begun so often at most: a server may allow each client one only, and
   * shall not be asked with every query.
   */
  static final long BEGIN_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Lane first;
  private final Lane second;
  private final Timers timers;
  private final boolean oneIsEnough;
  private final AtomicLong secondBegunAt;

  /**
   * @param oneIsEnough whether the kernel acknowledges at once
   */
  Lanes(Supplier<DotConnection> connections, Timers timers, boolean oneIsEnough) {
    this.first = new Lane(connections);
    this.second = new Lane(connections);
    this.timers = timers;
    this.oneIsEnough = oneIsEnough;
    this.secondBegunAt = new AtomicLong(timers.nanoTime() - BEGIN_AGAIN_NANOS);
  }

  /** The first one, begun if there is none. No I/O happens here. */
  DotConnection first() {
    return first.connection();
  }

  /** Whether a query would be sent at once, on a connection that is there. */
  boolean isOpen() {
    return first.isOpen();
  }

  /** How many connections are there, connected and authenticated. */
  int open() {
    return (first.isOpen() ? 1 : 0) + (second.isOpen() ? 1 : 0);
  }

  /** The one to send the next query on, begun if there is none. No I/O happens here. */
  DotConnection free() {
    DotConnection usual = first.connection();
    if (oneIsEnough || !usual.isOpen() || usual.owesNothing()) {
      return usual;
    }
    if (!second.isOpen()) {
      beginSecond();
      return usual;
    }
    DotConnection other = second.connection();
    return other.isOpen() && other.owesNothing() ? other : usual;
  }

  private void beginSecond() {
    long now = timers.nanoTime();
    long last = secondBegunAt.get();
    if (now - last >= BEGIN_AGAIN_NANOS && secondBegunAt.compareAndSet(last, now)) {
      second.connection();
    }
  }
}
