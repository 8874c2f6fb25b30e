package io.github.dotagent.it.programs;

import java.util.concurrent.CountDownLatch;

/** A thread for each of many new names; all of them start at once. */
final class CrowdLoad {
  private final boolean isVirtual;
  private final int threads;

  CrowdLoad(boolean isVirtual, int threads) {
    this.isVirtual = isVirtual;
    this.threads = threads;
  }

  String run(String domain) throws Exception {
    final LoadFigures figures = new LoadFigures(domain, threads);
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch done = new CountDownLatch(threads);
    final long[] begun = new long[1]; // written before the latch opens
    Runnable lookup =
        new Runnable() {
          @Override
          public void run() {
            try {
              go.await();
              figures.lookUp(begun[0]);
            } catch (InterruptedException neverHere) {
              Thread.currentThread().interrupt();
            } finally {
              done.countDown();
            }
          }
        };
    for (int i = 0; i < threads; i++) {
      if (isVirtual) { // by name, for this program runs on Java 8 as well
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, lookup);
      } else {
        new Thread(lookup, "load-" + i).start();
      }
    }
    long cpu = OwnJvm.cpuNanos();
    begun[0] = System.nanoTime();
    go.countDown();
    done.await();
    return figures.line(System.nanoTime() - begun[0], OwnJvm.cpuNanos() - cpu);
  }
}
