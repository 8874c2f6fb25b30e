package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Timers;

/**
 * Decides whether a name is slow, or the server that has not answered it in time. A server that
 * makes TLS sessions is alive, but the resolver behind it may not be. So one silence counts against
 * the name, however often that name is asked. It counts against the server if another name, asked
 * later, is not answered either, and no name was answered meanwhile. Safe for use by any number of
 * threads.
 */
final class SlowNames {
  private final Timers timers;
  private final Object lock = new Object();
  private volatile String slow; // written under the lock; null: none since the last response
  private long foundAt; // guarded by lock; valid while there is one

  SlowNames(Timers timers) {
    this.timers = timers;
  }

  /**
   * @param name a name that was not answered in time, by a server that is alive
   * @param askedAt when it was asked, on the timer's clock
   */
  boolean forgives(String name, long askedAt) {
    synchronized (lock) {
      if (slow == null) {
        slow = name;
        foundAt = timers.nanoTime();
      }
      // names in flight at the same time count as one silence
      return slow.equals(name) || askedAt - foundAt < 0;
    }
  }

  /** The server has answered a query. */
  void clear() {
    if (slow == null) { // the usual case
      return;
    }
    synchronized (lock) {
      slow = null;
    }
  }
}
