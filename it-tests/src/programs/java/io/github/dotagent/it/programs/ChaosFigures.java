package io.github.dotagent.it.programs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What became of the lookups: how many, how many failed, how many answers were wrong, how many
 * lookups were late, how many failed though all was well, the longest in milliseconds, and the
 * first thing that must not be. Thread-safe.
 */
final class ChaosFigures {
  final AtomicLong lookups = new AtomicLong();
  final AtomicLong failed = new AtomicLong();
  final AtomicLong outOfMemory = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong unwell = new AtomicLong();
  private final AtomicLong longestMillis = new AtomicLong();
  private final AtomicReference<String> first = new AtomicReference<String>("none");

  void wrong(String what) {
    wrong.incrementAndGet();
    first.compareAndSet("none", "wrong: " + what);
  }

  void late(String what) {
    late.incrementAndGet();
    first.compareAndSet("none", "late: " + what);
  }

  void unwell(String what) {
    unwell.incrementAndGet();
    first.compareAndSet("none", "failed though all was well: " + what);
  }

  void took(long millis) {
    long longest = longestMillis.get();
    while (millis > longest && !longestMillis.compareAndSet(longest, millis)) {
      longest = longestMillis.get();
    }
  }

  @Override
  public String toString() {
    return lookups
        + " "
        + failed
        + " "
        + outOfMemory
        + " "
        + wrong
        + " "
        + late
        + " "
        + unwell
        + " "
        + longestMillis
        + " "
        + first.get().replace('\n', ' ');
  }
}
