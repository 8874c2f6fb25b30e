package io.github.dotagent.cache;

import java.time.Duration;
import java.util.Objects;

/** How much is kept, and for how long. Immutable. */
public final class CachePolicy {
  private final long maxEntries;
  private final Duration minTtl;
  private final Duration maxTtl;
  private final Duration maxNegativeTtl;

  /**
   * @param maxEntries answers kept at most, 0 or more
   * @param minTtl positive answers live at least this long; not above {@code maxTtl}
   * @param maxTtl positive answers live at most this long
   * @param maxNegativeTtl negative answers live at most this long (RFC 2308 §5)
   */
  public CachePolicy(long maxEntries, Duration minTtl, Duration maxTtl, Duration maxNegativeTtl) {
    this.maxEntries = maxEntries;
    this.minTtl = Objects.requireNonNull(minTtl, "minTtl");
    this.maxTtl = Objects.requireNonNull(maxTtl, "maxTtl");
    this.maxNegativeTtl = Objects.requireNonNull(maxNegativeTtl, "maxNegativeTtl");
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
}
