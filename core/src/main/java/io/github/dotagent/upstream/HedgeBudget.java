package io.github.dotagent.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many queries may be asked of a second server only because the first is late. A server that is
 * slow for all queries would otherwise be met with twice the load. Safe for use by any number of
 * threads.
 */
final class HedgeBudget {
  /** Each query earns a part of a second one: 1 in 20, in steady state. */
  static final int QUERIES_PER_HEDGE = 20;

  /**
   * The most that is saved up, and the amount at the start: about the number of queries in flight,
   * at some hundred lookups a second, when a server falls silent. All of these deserve a second
   * try.
   */
  static final int MOST = 64;

  private final AtomicInteger parts = new AtomicInteger(MOST * QUERIES_PER_HEDGE);

  /** A query goes out. */
  void earn() {
    int saved = parts.get();
    if (saved < MOST * QUERIES_PER_HEDGE) {
      parts.compareAndSet(saved, saved + 1); // one lost to another thread is not worth a loop
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
