package io.github.dotagent.dot;

import io.github.dotagent.support.Threads;
import io.github.dotagent.support.Timers;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection to one server, from connecting to its end, then thrown away. Queries may be given
 * to it from its first moment; many are in flight at once and their responses come in any order.
 *
 * <p>Two threads: a {@link QueryWriter} and a {@link ResponseReader}. Safe for use by any number of
 * threads; holds no lock while anything waits for the server.
 */
final class DotConnection {
  /**
   * An idle connection is closed by us after 9 s: Cloudflare closes at about 10 s, and a query sent
   * in that very moment meets a reset.
   */
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(9);

  /** How often a connection that is not yet idle long enough is looked at again, at most. */
  private static final long IDLE_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Link link;
  private final Threads threads;
  private final Timers timers;
  private final String name;
  private final PendingQueries pending = new PendingQueries(new SecureRandom());
  private final LinkedBlockingQueue<Exchange> queue = new LinkedBlockingQueue<>();
  private final AtomicReference<ExchangeFailure> ended = new AtomicReference<>();
  private volatile boolean open;
  private volatile long lastHeard;
  private volatile long lastUsed;
  private volatile long lastTaken;

  /**
   * @param name the server's, for the names of the threads
   */
  DotConnection(Link link, Threads threads, Timers timers, String name) {
    this.link = link;
    this.threads = threads;
    this.timers = timers;
    this.name = name;
  }

  /** Begins to connect; returns at once. */
  void start(long connectLimitNanos) {
    timers.after(connectLimitNanos, new ConnectLimit());
    threads.start("writer " + name, new QueryWriter(this, link, queue, pending, timers));
  }

  /** Told by the writer: connected and authenticated. */
  void opened() {
    lastHeard = timers.nanoTime();
    lastUsed = lastHeard;
    lastTaken = lastHeard;
    open = true;
    timers.after(IDLE_NANOS, new IdleCheck());
    threads.start("reader " + name, new ResponseReader(this, link, pending));
  }

  /** Told by the writer: it has taken a query from the queue. */
  void taken() {
    lastTaken = timers.nanoTime();
  }

  /** Told by the reader: the server lives. */
  void heard() {
    lastHeard = timers.nanoTime();
  }

  /** Whether it is connected and authenticated. */
  boolean isOpen() {
    return open && !hasEnded();
  }

  /** What to say of a query that was not answered in time. */
  String lateReason() {
    if (open) {
      return "no answer in time";
    }
    return link.isReached() ? "no TLS session in time" : "connect timed out";
  }

  boolean hasEnded() {
    return ended.get() != null;
  }

  /** Why it has ended; null while it has not. */
  ExchangeFailure end() {
    return ended.get();
  }

  /** Queues the query; false when the connection has ended and another one has to be used. */
  boolean send(Exchange exchange) {
    lastUsed = timers.nanoTime();
    exchange.queued(lastUsed);
    queue.add(exchange);
    // whoever ends the connection empties the queue: what is still in it then is ours to take back
    return !hasEnded() || !queue.remove(exchange);
  }

  /**
   * Nobody waits for this query any more. If the server has said nothing at all since it was sent,
   * or it could not even be sent, the connection is dead, whatever the kernel believes.
   */
  void giveUp(Exchange exchange) {
    pending.remove(exchange);
    queue.remove(exchange);
    boolean silent = exchange.wasSent() && lastHeard - exchange.sentAt() < 0;
    // a writer that hangs in its write, or died: it has taken nothing since this one was queued
    boolean stuck = open && !exchange.wasSent() && lastTaken - exchange.queuedAt() < 0;
    if (silent || stuck) {
      end(ExchangeFailure.unreachable("the connection went silent", null));
    }
  }

  /** Ends it for good; its queries fail with the reason. The first reason stays. */
  void end(ExchangeFailure reason) {
    if (!ended.compareAndSet(null, reason)) {
      return;
    }
    link.close();
    List<Exchange> lost = new ArrayList<>(pending.drain());
    queue.drainTo(lost);
    queue.add(QueryWriter.WAKE_UP);
    for (Exchange exchange : lost) {
      exchange.response().completeExceptionally(reason);
    }
  }

  void end(IOException reason) {
    end(
        reason instanceof ExchangeFailure
            ? (ExchangeFailure) reason
            : ExchangeFailure.unreachable("connection lost", reason));
  }

  /** A server that takes the connection and then says nothing must not hold it for ever. */
  private final class ConnectLimit implements Runnable {
    @Override
    public void run() {
      if (!open) {
        end(ExchangeFailure.unreachable(lateReason(), null));
      }
    }
  }

  /** RFC 7766 §6.2.3: an idle connection is the client's to close. */
  private final class IdleCheck implements Runnable {
    @Override
    public void run() {
      if (hasEnded()) {
        return;
      }
      long now = timers.nanoTime();
      long idle = Math.min(now - lastUsed, now - lastHeard);
      if (idle >= IDLE_NANOS && pending.isEmpty() && queue.isEmpty()) {
        end(ExchangeFailure.unreachable("closed as idle", null));
      } else {
        timers.after(Math.max(IDLE_NANOS - idle, IDLE_CHECK_NANOS), this);
      }
    }
  }
}
