package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.tls.TlsFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The thread that connects, then sends all queued queries in one write. It has its own thread,
 * because a server that no longer reads could block a caller that writes, and a virtual thread with
 * its interrupt flag set would close the socket for all callers.
 */
final class QueryWriter implements Runnable {
  /**
   * The most queries in one write: with more, the first query would wait until the last one is
   * encrypted.
   */
  private static final int MOST_AT_ONCE = 64;

  private final Connection connection;
  private final Link link;
  private final QueryQueue queue;
  private final PendingQueries pending;
  private final Timers timers;
  private final List<PendingQuery> batch = new ArrayList<>();

  QueryWriter(
      Connection connection, Link link, QueryQueue queue, PendingQueries pending, Timers timers) {
    this.connection = connection;
    this.link = link;
    this.queue = queue;
    this.pending = pending;
    this.timers = timers;
  }

  @Override
  public void run() {
    try {
      connection.writes(Thread.currentThread());
      link.open(new Silent());
      connection.opened();
      while (!connection.hasEnded()) {
        sendNext();
      }
      // the connection is idle or lost; on a closed link this does nothing
      link.closeInOrder();
      connection.left();
    } catch (TlsFailure refused) {
      connection.end(ExchangeFailure.of(refused));
    } catch (IOException lost) {
      connection.end(ExchangeFailure.lost(lost));
    } catch (RuntimeException | Error unforeseen) {
      // a defect of a provider, or no memory: queries must not wait for a dead thread
      connection.end(ExchangeFailure.unforeseen(unforeseen));
      failBatch();
    } finally {
      batch.clear(); // the connection keeps its thread, which keeps its task since Java 19
    }
  }

  private final class Silent implements Runnable {
    @Override
    public void run() {
      connection.opensSlowly();
    }
  }

  /** Fails the queries of the failed batch: they may be neither in the queue nor in flight. */
  private void failBatch() {
    for (PendingQuery query : batch) {
      query.fail(connection.end());
    }
  }

  private void sendNext() throws IOException {
    batch.clear();
    // without a free id the queries wait in the queue, each until its own timeout
    int room = pending.awaitRoom();
    queue.take(batch, Math.min(MOST_AT_ONCE, room));
    connection.taken();
    List<byte[]> frames = new ArrayList<>(batch.size());
    for (PendingQuery query : batch) {
      if (!query.isDone() && putInFlight(query)) {
        frames.add(Frames.of(query.query(), query.id()));
      }
    }
    if (!frames.isEmpty()) {
      link.send(frames);
    }
  }

  /** False when it is not to be sent. */
  private boolean putInFlight(PendingQuery query) {
    long now = timers.nanoTime();
    if (query.isTooLate(now)) {
      return false; // its timer is late and will fail it
    }
    query.sent(pending.add(query), now);
    ExchangeFailure end = connection.end();
    if (end != null) {
      // the connection ended, and may have emptied the queries in flight before this one was added
      pending.takeBack(query);
      query.fail(end);
      return false;
    }
    if (query.isDone()) {
      pending.takeBack(query); // given up while it was being added
      return false;
    }
    if (connection.isDoubted()) {
      query.doubt(); // doubted just now, perhaps while the query was in neither list
    }
    return true;
  }
}
