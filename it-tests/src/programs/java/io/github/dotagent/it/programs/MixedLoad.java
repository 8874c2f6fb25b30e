package io.github.dotagent.it.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * So many lookups a second, each counted from when it was due: 90 of 100 are of hot names, 9 of
 * names that were asked for before, 1 is of a new one.
 */
final class MixedLoad {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Each thread waits only for its own lookups: at 10,000 a second it has 5 ms for one. */
  private static final int THREADS = 50;

  private static final int HOT = 100;
  private static final int WARM = 5000;

  private final int rate;
  private final int count;

  MixedLoad(int rate, long nanos) {
    this.rate = rate;
    this.count = (int) (nanos * rate / SECOND);
  }

  String run(String domain) throws InterruptedException {
    final LoadFigures figures = new LoadFigures(domain, count);
    final long begun = System.nanoTime();
    long cpu = OwnJvm.cpuNanos();
    List<Thread> running = new ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) {
      final int first = i;
      Thread thread =
          new Thread("load-" + i) {
            @Override
            public void run() {
              lookUpFrom(first, begun, figures);
            }
          };
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    return figures.line(System.nanoTime() - begun, OwnJvm.cpuNanos() - cpu);
  }

  private void lookUpFrom(int first, long begun, LoadFigures figures) {
    Random random = new Random(first);
    for (int i = first; i < count; i += THREADS) {
      long due = begun + i * SECOND / rate;
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int of100 = random.nextInt(100);
      if (of100 < 90) {
        figures.lookUp("hot" + random.nextInt(HOT), due);
      } else if (of100 < 99) {
        figures.lookUp("warm" + random.nextInt(WARM), due);
      } else {
        figures.lookUp(due);
      }
    }
  }
}
