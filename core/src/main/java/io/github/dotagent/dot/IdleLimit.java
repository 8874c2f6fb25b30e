package io.github.dotagent.dot;

import java.util.concurrent.TimeUnit;

/**
 * How long a connection may be idle before the agent closes it, as RFC 7766 §6.2.3 asks of a
 * client. This is a little less than the server keeps it, because a query at the moment of the
 * server's close would meet a reset. Safe for use by any number of threads.
 */
public final class IdleLimit {
  /** If the server gives no time: Cloudflare closes at about 10 s. */
  static final long UNTOLD_NANOS = TimeUnit.SECONDS.toNanos(9);

  /** A NAT or firewall on the way forgets an idle connection sooner than a patient server. */
  static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** The limit is nine tenths of the server's: the network takes a part of the time. */
  private static final int TENTHS = 9;

  private volatile long nanos = UNTOLD_NANOS;

  /**
   * Takes over the time that the server gives.
   *
   * @param serverNanos how long it keeps an idle connection; 0: it wants this one closed
   */
  public void serverKeepsFor(long serverNanos) {
    nanos = Math.min(serverNanos / 10 * TENTHS, LONGEST_NANOS);
  }

  long nanos() {
    return nanos;
  }

  /** RFC 7828 §3.4: a timeout of 0 asks us to send nothing more and to close. */
  boolean isZero() {
    return nanos == 0;
  }
}
