package io.github.dotagent.upstream;

import io.github.dotagent.wire.ResponseException;
import java.util.concurrent.TimeUnit;

/**
 * Whether a server puts up with EDNS (RFC 6891 §7), as far as it has shown. A query without EDNS is
 * not padded, so one that has answered with EDNS is asked without it for that one query alone. Safe
 * for use by any number of threads.
 */
final class EdnsSupport {
  /** As long as Unbound remembers it of a server ({@code infra-host-ttl}): servers get updates. */
  static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(15);

  private volatile boolean shown;
  private volatile boolean absent;
  private volatile long absentUntil; // of meaning while absent

  /** Whether a query is to have it. */
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

  /** It has sent an answer that has EDNS itself. */
  void answeredWithEdns() {
    if (!shown) { // it is read far more often than it changes
      shown = true;
    }
  }

  /**
   * The server answered a query without EDNS that it did not answer with EDNS.
   *
   * @return whether that is news, and remembered
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
