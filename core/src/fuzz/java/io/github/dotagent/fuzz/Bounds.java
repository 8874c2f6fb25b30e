package io.github.dotagent.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What one reading may cost. The processor's time is measured and not the clock's: a busy machine
 * is no finding.
 */
final class Bounds {
  /** What a response of 64 KB takes is a thousandth of it. */
  private static final long NANOS = 1_000_000_000L;

  /** No message, file or certificate that is read needs more. */
  private static final long MOST_OCTETS = 50L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Bounds() {}

  /**
   * What is beyond the bounds is read once more: the first time classes may have been loaded.
   *
   * @param slower how many times slower than a warm JVM this one may be
   */
  static void read(FuzzTarget target, byte[] octets, int slower) throws Exception {
    if (!isWithin(target, octets, slower)) {
      Findings.check(isWithin(target, octets, slower), "more than a second, or than 50 MB");
    }
  }

  private static boolean isWithin(FuzzTarget target, byte[] octets, int slower) throws Exception {
    long self = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(self);
    long began = THREADS.getCurrentThreadCpuTime();
    target.read(octets);
    return THREADS.getCurrentThreadCpuTime() - began <= NANOS * slower
        && THREADS.getThreadAllocatedBytes(self) - allocated <= MOST_OCTETS;
  }
}
