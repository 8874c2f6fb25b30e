package io.github.dotagent.dot;

import java.util.ArrayList;
import java.util.List;

/**
 * The queries that wait for a connection's writer. Safe for use by any number of threads.
 *
 * <p>It uses a monitor and no queue of java.util.concurrent: a writer that is stopped within such a
 * queue (Thread.stop, up to Java 19) leaves its lock held, and every caller would wait for it.
 */
final class QueryQueue {
  private final IntrusiveQueue<PendingQuery> queries = new IntrusiveQueue<>(); // guarded by this
  private boolean ended; // guarded by this

  synchronized void add(PendingQuery query) {
    queries.addLast(query);
    notifyAll();
  }

  /** False when it is not in the queue: the writer has taken it, or the end has. */
  synchronized boolean remove(PendingQuery query) {
    return queries.remove(query);
  }

  /** The query that waits longest, taken out; null when there is none. */
  synchronized PendingQuery poll() {
    return queries.poll();
  }

  /** Those that wait now. */
  synchronized List<PendingQuery> waiting() {
    List<PendingQuery> all = new ArrayList<>();
    for (PendingQuery query = queries.first(); query != null; query = queries.after(query)) {
      all.add(query);
    }
    return all;
  }

  /** From now on the writer does not wait. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits until there is a query, and moves all that exist; none if it has ended. An interrupt does
   * not mean the end: some programs interrupt every thread they find, to stop their own.
   *
   * @param most the most to move
   */
  synchronized void take(List<PendingQuery> into, int most) {
    while (queries.isEmpty() && !ended) {
      try {
        wait();
      } catch (InterruptedException notForUs) {
        // the flag is cleared: wait on
      }
    }
    while (into.size() < most && !queries.isEmpty()) {
      into.add(queries.first()); // before it leaves the queue: this may fail when memory is out
      queries.poll();
    }
  }
}
