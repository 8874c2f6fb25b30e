package io.github.dotagent.upstream;

import java.util.concurrent.TimeUnit;

/** How long a server has before a second one gets the same question. */
final class HedgeDelay {
  /** The delay for a server without a connection, or one that was never asked: TLS takes time. */
  static final long UNCONNECTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The delay for a server that failed lately. */
  static final long FAILED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private HedgeDelay() {}

  /** Nanoseconds. */
  static long with(Upstream upstream) {
    UpstreamStats standing = upstream.standing();
    if (!standing.health().isHealthy()) {
      return FAILED_NANOS;
    }
    boolean told = upstream.isOpen() && standing.roundTrip().isKnown();
    return told ? Math.min(standing.roundTrip().late(), UNCONNECTED_NANOS) : UNCONNECTED_NANOS;
  }
}
