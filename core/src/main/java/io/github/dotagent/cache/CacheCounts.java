package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Source;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts questions, of which a lookup asks one or two. LongAdders, because many threads with a hit
 * would contend for one number. Safe for use by any number of threads.
 */
final class CacheCounts {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder coalesced = new LongAdder();
  private final LongAdder prefetches = new LongAdder();

  /** Answered from memory at once. */
  void hit() {
    hits.increment();
  }

  /** The caller has to wait for a server. */
  void missed() {
    misses.increment();
  }

  /** It waits for a query that is already in flight. */
  void coalesced() {
    coalesced.increment();
  }

  /** A query goes out for which no caller waits. */
  void prefetched() {
    prefetches.increment();
  }

  /** Counts an answer that a caller gets, and returns it. */
  Answer given(Answer answer) {
    if (answer.source() == Source.STALE) {
      stale.increment();
    }
    return answer;
  }

  CacheStatus status(long size, long maxEntries) {
    return new CacheStatus(
        hits.sum(), misses.sum(), stale.sum(), coalesced.sum(), prefetches.sum(), size, maxEntries);
  }
}
