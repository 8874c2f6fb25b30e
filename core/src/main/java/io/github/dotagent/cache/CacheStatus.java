package io.github.dotagent.cache;

/**
 * The cache's counts since the start. They count questions, of which a lookup asks one for each
 * address family; hits and misses together are all questions. Immutable.
 */
public final class CacheStatus {
  /** For a cache that does not exist yet. */
  public static final CacheStatus NONE = new CacheStatus(0, 0, 0, 0, 0, 0, 0);

  private final long hits;
  private final long misses;
  private final long staleAnswers;
  private final long coalesced;
  private final long prefetches;
  private final long size;
  private final long maxEntries;

  CacheStatus(
      long hits,
      long misses,
      long staleAnswers,
      long coalesced,
      long prefetches,
      long size,
      long maxEntries) {
    this.hits = hits;
    this.misses = misses;
    this.staleAnswers = staleAnswers;
    this.coalesced = coalesced;
    this.prefetches = prefetches;
    this.size = size;
    this.maxEntries = maxEntries;
  }

  /** Answered from memory at once, also with a remembered failure. */
  public long hits() {
    return hits;
  }

  /** Questions that had to wait for a server. */
  public long misses() {
    return misses;
  }

  /** Stale answers given (RFC 8767): some of the hits, some of the misses. */
  public long staleAnswers() {
    return staleAnswers;
  }

  /** The misses that waited for a query already in flight. */
  public long coalesced() {
    return coalesced;
  }

  /** Queries that were sent before a caller had to wait for them. */
  public long prefetches() {
    return prefetches;
  }

  /** About how many names are kept. */
  public long size() {
    return size;
  }

  /** How many names may be kept. */
  public long maxEntries() {
    return maxEntries;
  }
}
