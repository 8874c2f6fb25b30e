package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Lookups of new names and how long each took; for any number of threads. */
final class LoadFigures {
  /** Over the whole life of the process, so that no name comes twice. */
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** How a name is looked up. */
  interface Way {
    /**
     * @throws Exception when there is no answer
     */
    void lookUp(String name) throws Exception;
  }

  /** As any program does. */
  private static final Way OF_THE_JDK =
      new Way() {
        @Override
        public void lookUp(String name) throws UnknownHostException {
          InetAddress.getAllByName(name);
        }
      };

  private final String domain;
  private final Way way;
  private final long[] nanos;
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<String> firstFailure = new AtomicReference<String>("none");

  /**
   * @param most lookups that there will be
   */
  LoadFigures(String domain, int most) {
    this(domain, most, OF_THE_JDK);
  }

  LoadFigures(String domain, int most, Way way) {
    this.domain = domain;
    this.way = way;
    this.nanos = new long[most];
  }

  /**
   * Looks the next name up.
   *
   * @param dueAt of System.nanoTime: from when on it counts
   */
  void lookUp(long dueAt) {
    lookUp("n" + NAMES.incrementAndGet(), dueAt);
  }

  /**
   * @param label of a name below the domain
   */
  void lookUp(String label, long dueAt) {
    String name = label + '.' + domain;
    try {
      way.lookUp(name);
    } catch (Exception failure) {
      failed.incrementAndGet();
      firstFailure.compareAndSet("none", Failures.oneLine(failure));
    }
    nanos[ended.getAndIncrement()] = System.nanoTime() - dueAt;
  }

  int ended() {
    return ended.get();
  }

  /**
   * One line, the failure last.
   *
   * @param tookNanos of all of them
   * @param cpuNanos that the process used meanwhile
   */
  String line(long tookNanos, long cpuNanos) {
    int count = ended.get();
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return "lookups="
        + count
        + " failed="
        + failed
        + " took="
        + tookNanos
        + " cpu="
        + cpuNanos
        + " p50="
        + at(sorted, 50)
        + " p99="
        + at(sorted, 99)
        + " max="
        + at(sorted, 100)
        + " failure="
        + firstFailure;
  }

  /** Nanoseconds that so many of a hundred did not exceed. */
  private static long at(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * (percent / 100.0)) - 1)];
  }
}
