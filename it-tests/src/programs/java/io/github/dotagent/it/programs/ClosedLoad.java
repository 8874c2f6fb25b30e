package io.github.dotagent.it.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A number of threads, each of which looks one name up after the other. */
final class ClosedLoad {
  private final int threads;
  private final int count;

  /**
   * @param count of all threads together
   */
  ClosedLoad(int threads, int count) {
    this.threads = threads;
    this.count = count;
  }

  String run(String domain) throws InterruptedException {
    final LoadFigures figures = new LoadFigures(domain, count);
    final AtomicInteger left = new AtomicInteger(count);
    List<Thread> running = new ArrayList<Thread>();
    long cpu = OwnJvm.cpuNanos();
    long begun = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread("load-" + i) {
            @Override
            public void run() {
              while (left.getAndDecrement() > 0) {
                figures.lookUp(System.nanoTime());
              }
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
}
