package io.github.dotagent.upstream;

import io.github.dotagent.wire.ResponseException;
import java.util.concurrent.TimeUnit;

/**
 * Whether a server accepts EDNS (RFC 6891 §7), as far as its answers show. A query without EDNS is
 * not padded, so a server that has answered with EDNS is asked without it for one query only. Safe
 * for use by any number of threads.
 */
final class EdnsSupport {
  /** Unbound's time ({@code infra-host-ttl}): servers get updates. */
  static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(15);

  private volatile boolean shown;
  private volatile boolean absent;
  private volatile long absentUntil; // valid while absent

  /** Whether a query to this server gets EDNS. */
  boolean isUsed(long now) {
    if (absent && now - absentUntil >= 0) {
      absent = false;
    }
    return !absent;
  }

  /** Whether the same query may succeed without EDNS. */
  boolean mayBeTheReason(ResponseException noAnswer) {
    return noAnswer.mayBeForEdns(shown);
  }

  /** The server has sent an answer with EDNS. */
  void answeredWithEdns() {
    if (!shown) { // it is read far more often than it changes
      shown = true;
    }
  }

  /**
   * The server answered a query without EDNS that it did not answer with EDNS.
   *
   * @return whether that is new, and remembered
   */
  boolean answeredWithout(long now) {
    if (shown || absent) {
      return false;
    }
    absentUntil = now + REMEMBERED_NANOS;
    absent = true;
    return true;
  }
}
