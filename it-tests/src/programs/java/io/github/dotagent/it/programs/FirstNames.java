package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks new names up from the start of {@code main} on, with several threads, and uses nothing else
 * that takes time to load. Prints the microseconds from that start to the answer of each number it
 * was given, and then how many answers there were by the end of each whole second. Arguments:
 * threads, names at most, seconds at most, domain, numbers of answers.
 */
public final class FirstNames {
  private FirstNames() {}

  public static void main(String[] args) throws Exception {
    final long begun = System.nanoTime();
    int threads = Integer.parseInt(args[0]);
    final int names = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[2]);
    final String domain = args[3];
    final long end = TimeUnit.SECONDS.toNanos(seconds);
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger answered = new AtomicInteger();
    final long[] nanos = new long[names];
    List<Thread> running = new ArrayList<Thread>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread("names-" + i) {
            @Override
            public void run() {
              try {
                for (int name = next.getAndIncrement();
                    name < names && System.nanoTime() - begun < end;
                    name = next.getAndIncrement()) {
                  InetAddress.getAllByName("n" + name + "." + domain);
                  nanos[answered.getAndIncrement()] = System.nanoTime() - begun;
                }
              } catch (Exception failed) {
                System.out.println(failed);
                System.exit(1);
              }
            }
          };
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    StringBuilder line = new StringBuilder();
    for (int i = 4; i < args.length; i++) {
      long at = nanos[Integer.parseInt(args[i]) - 1];
      line.append(TimeUnit.NANOSECONDS.toMicros(at)).append(' ');
    }
    for (int second = 1; second <= seconds; second++) {
      line.append(by(nanos, answered.get(), TimeUnit.SECONDS.toNanos(second))).append(' ');
    }
    System.out.println(line.toString().trim());
  }

  private static int by(long[] nanos, int answered, long time) {
    int count = 0;
    for (int i = 0; i < answered; i++) {
      count += nanos[i] <= time ? 1 : 0;
    }
    return count;
  }
}
