package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;

/**
 * How long a connection attempt has waited for the server: all waits together, because a server may
 * also send an octet now and then. The rest of the time is this machine's own computing, which
 * takes seconds in a young JVM. Safe for use by any number of threads.
 */
final class ConnectWait {
  private final Timers timers;
  private long total; // guarded by this, as the next
  private long since;
  private boolean waits;
  private boolean over;

  ConnectWait(Timers timers) {
    this.timers = timers;
  }

  /** The wait for the server begins. */
  synchronized void begins() {
    if (!over) {
      waits = true;
      since = timers.nanoTime();
    }
  }

  /** The server has sent something, or the wait is over. */
  synchronized void ends() {
    if (waits) {
      waits = false;
      total += timers.nanoTime() - since;
    }
  }

  /** The connection exists: from now on nothing is counted. */
  synchronized void over() {
    ends();
    over = true;
  }

  /** Nanoseconds until now. */
  synchronized long nanos() {
    return waits ? total + timers.nanoTime() - since : total;
  }
}
