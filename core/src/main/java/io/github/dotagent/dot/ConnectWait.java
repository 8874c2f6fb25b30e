package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;

/**
 * How long a server has been waited for while a connection to it was made: all waits together, for
 * one that sends an octet now and then is waited for as well. The rest of the time is this
 * machine's own computing, which in a young JVM takes seconds. Safe for use by any number of
 * threads.
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

  /** It is the server's turn. */
  synchronized void begins() {
    if (!over) {
      waits = true;
      since = timers.nanoTime();
    }
  }

  /** It has said something, or will not. */
  synchronized void ends() {
    if (waits) {
      waits = false;
      total += timers.nanoTime() - since;
    }
  }

  /** The connection is there: from now on nothing is counted. */
  synchronized void over() {
    ends();
    over = true;
  }

  /** Nanoseconds until now. */
  synchronized long nanos() {
    return waits ? total + timers.nanoTime() - since : total;
  }
}
