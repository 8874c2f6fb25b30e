package io.github.dotagent.cache;

import java.time.Duration;
import java.util.Objects;

/** How much is kept, for how long, and what happens when an answer expires. Immutable. */
public final class CachePolicy {
  private final long maxEntries;
  private final Duration minTtl;
  private final Duration maxTtl;
  private final Duration maxNegativeTtl;
  private final Duration stale;
  private final boolean prefetch;

  /**
   * @param maxEntries names kept at most, 0 or more
   * @param minTtl positive answers live at least this long; not above {@code maxTtl}
   * @param maxTtl positive answers live at most this long; zero: nothing is kept, negative answers
   *     neither
   * @param maxNegativeTtl negative answers live at most this long (RFC 2308 §5)
   * @param stale how long after its end an answer may still serve when the upstreams fail (RFC
   *     8767); zero: not at all
   * @param prefetch whether a name in use is asked for again before its answer ends
   */
  public CachePolicy(
      long maxEntries,
      Duration minTtl,
      Duration maxTtl,
      Duration maxNegativeTtl,
      Duration stale,
      boolean prefetch) {
    this.maxEntries = maxEntries;
    this.minTtl = Objects.requireNonNull(minTtl, "minTtl");
    this.maxTtl = Objects.requireNonNull(maxTtl, "maxTtl");
    this.maxNegativeTtl = Objects.requireNonNull(maxNegativeTtl, "maxNegativeTtl");
    this.stale = Objects.requireNonNull(stale, "stale");
    this.prefetch = prefetch;
  }

  public long maxEntries() {
    return maxEntries;
  }

  public Duration minTtl() {
    return minTtl;
  }

  public Duration maxTtl() {
    return maxTtl;
  }

  public Duration maxNegativeTtl() {
    return maxNegativeTtl;
  }

  public Duration stale() {
    return stale;
  }

  public boolean prefetch() {
    return prefetch;
  }
}
