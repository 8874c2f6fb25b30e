package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.wire.DnsQuery;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Everything that happened to a server, and a way to wait for it. Thread-safe. */
public final class ServerLog {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by lock. */
  private final List<RecordedQuery> queries = new ArrayList<>();

  /** Guarded by lock; at index n the connection n + 1. */
  private final List<RecordedConnection> connections = new ArrayList<>();

  /** Guarded by lock; what {@link #forgetQueries} must not start anew. */
  private long arrived;

  /** The queries so far, in order of arrival. */
  public List<RecordedQuery> queries() {
    return locked(() -> List.copyOf(queries));
  }

  /** The queries for one name, case ignored. */
  public List<RecordedQuery> queries(String name) {
    return queries().stream().filter(query -> query.name().equalsIgnoreCase(name)).toList();
  }

  /** The connections so far, in order of arrival. */
  public List<RecordedConnection> connections() {
    return locked(() -> List.copyOf(connections));
  }

  /** Empties the list of queries; order numbers go on. */
  public void forgetQueries() {
    locked(
        () -> {
          queries.clear();
          return null;
        });
  }

  /**
   * Waits until at least so many queries are on record.
   *
   * @throws AssertionError when they are not within the time
   */
  public List<RecordedQuery> awaitQueries(int count, Duration within) {
    await(() -> queries.size() >= count, within, count + " queries");
    return queries();
  }

  /**
   * Waits until at least so many connections were accepted.
   *
   * @throws AssertionError when they were not within the time
   */
  public List<RecordedConnection> awaitConnections(int count, Duration within) {
    await(() -> connections.size() >= count, within, count + " connections");
    return connections();
  }

  /**
   * Waits until at least so many connections have ended, and gives all.
   *
   * @throws AssertionError when they have not within the time
   */
  public List<RecordedConnection> awaitClosed(int count, Duration within) {
    await(
        () -> connections.stream().filter(RecordedConnection::closed).count() >= count,
        within,
        count + " closed connections");
    return connections();
  }

  int accepted(InetSocketAddress client) {
    return locked(
        () -> {
          int number = connections.size() + 1;
          connections.add(RecordedConnection.accepted(number, client));
          changed.signalAll();
          return number;
        });
  }

  void update(int connection, UnaryOperator<RecordedConnection> change) {
    locked(
        () -> {
          connections.set(connection - 1, change.apply(connections.get(connection - 1)));
          changed.signalAll();
          return null;
        });
  }

  void query(int connection, TlsDetails tls, DnsQuery query) {
    long nanos = System.nanoTime();
    locked(
        () -> {
          queries.add(new RecordedQuery(++arrived, connection, tls, query, nanos));
          changed.signalAll();
          return null;
        });
  }

  private void await(BooleanSupplier reached, Duration within, String what) {
    lock.lock();
    try {
      long left = within.toNanos();
      while (!reached.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError(
              "no " + what + " within " + within + ": " + queries + ", " + connections);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, stop);
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
