package io.github.dotagent.upstream;

import java.util.concurrent.TimeUnit;

/** How long a server is given before a second one is asked the same. */
final class HedgeDelay {
  /** For one whose connection is still to be made, or that was never asked: TLS takes its time. */
  static final long UNCONNECTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** For one that failed lately. */
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
