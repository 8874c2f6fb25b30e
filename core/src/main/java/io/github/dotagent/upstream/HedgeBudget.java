package io.github.dotagent.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many queries may also go to a second server only because the first is late. Otherwise a
 * server that is slow for all queries would cause twice the load. Safe for use by any number of
 * threads.
 */
final class HedgeBudget {
  /** Each query earns a part of a second one: 1 in 20, in steady state. */
  static final int QUERIES_PER_HEDGE = 20;

  /**
   * The largest balance, and the balance at the start: about the number of queries in flight when a
   * server falls silent, at some hundred lookups a second. All of them may go to a second server.
   */
  static final int MOST = 64;

  private final AtomicInteger parts = new AtomicInteger(MOST * QUERIES_PER_HEDGE);

  /** A query goes out. */
  void earn() {
    int saved = parts.get();
    if (saved < MOST * QUERIES_PER_HEDGE) {
      parts.compareAndSet(saved, saved + 1); // losing one to a race needs no retry loop
    }
  }

  /** Whether a second server may be asked. */
  boolean spend() {
    while (true) {
      int saved = parts.get();
      if (saved < QUERIES_PER_HEDGE) {
        return false;
      }
      if (parts.compareAndSet(saved, saved - QUERIES_PER_HEDGE)) {
        return true;
      }
    }
  }
}
