package io.github.dotagent.it.programs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A fixed number of lookups a second, each timed from when it was due, even if others are late. */
final class SteadyLoad {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Longer than a lookup may take. */
  private static final long ENDING_SECONDS = 30;

  private final int rate;
  private final long nanos;

  SteadyLoad(int rate, long nanos) {
    this.rate = rate;
    this.nanos = nanos;
  }

  String run(String domain) throws InterruptedException {
    int count = (int) (nanos * rate / SECOND);
    final LoadFigures figures = new LoadFigures(domain, count);
    ExecutorService threads = Executors.newCachedThreadPool();
    long cpu = OwnJvm.cpuNanos();
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      final long due = begun + i * SECOND / rate;
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      threads.execute(
          new Runnable() {
            @Override
            public void run() {
              figures.lookUp(due);
            }
          });
    }
    threads.shutdown();
    if (!threads.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
      return "hangs: " + (count - figures.ended()) + " of " + count + " lookups";
    }
    return figures.line(System.nanoTime() - begun, OwnJvm.cpuNanos() - cpu);
  }
}
