package io.github.dotagent.it.programs;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has threads look new names up and meanwhile stops those threads of the agent that write to and
 * read from servers, as {@code Thread.stop} lets a program do up to Java 19. Then looks names up as
 * any program does, once the first is found. Arguments: a domain, how many threads are stopped.
 */
public final class StoppedConnections {
  private static final int CALLERS = 4;
  private static final int AFTERWARDS = 20;

  /**
   * At most 64 ms, often less: a stop meets any step, from connecting to many queries in flight.
   */
  private static final int LONGEST_BITS = 26;

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static volatile boolean over;

  private StoppedConnections() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    Method stop = Thread.class.getMethod("stop"); // deprecated, and a warning is an error
    for (int i = 0; i < AFTERWARDS; i++) {
      isFound("before" + i + args[0]);
    }
    for (int i = 0; i < CALLERS; i++) {
      Thread caller = new Thread(() -> lookUp(args[0]), "program-" + i);
      caller.setDaemon(true);
      caller.start();
    }
    int times = Integer.parseInt(args[1]);
    for (int stopped = 0; stopped < times; ) {
      long until = System.nanoTime() + nextPause();
      while (System.nanoTime() - until < 0) {
        Thread.yield();
      }
      for (Thread thread : all()) {
        if (thread != null && isOfAConnection(thread) && stopped < times) {
          stop.invoke(thread);
          stopped++;
        }
      }
    }
    over = true;
    long begun = System.nanoTime();
    while (!isFound("first" + NAMES.incrementAndGet() + args[0])) {
      // the harness has the bound
    }
    System.err.println("well after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    int found = 0;
    for (int i = 0; i < AFTERWARDS; i++) {
      found += isFound("after" + i + args[0]) ? 1 : 0;
    }
    System.out.println("found " + found + " of " + AFTERWARDS);
    System.exit(0); // also where a thread hangs
  }

  private static long nextPause() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return random.nextInt(1 << random.nextInt(LONGEST_BITS));
  }

  private static boolean isOfAConnection(Thread thread) {
    String name = thread.getName();
    return name.startsWith("dot-agent-writer ") || name.startsWith("dot-agent-reader ");
  }

  private static void lookUp(String domain) {
    while (!over) {
      isFound("n" + NAMES.incrementAndGet() + domain);
    }
  }

  private static boolean isFound(String name) {
    try {
      return "192.0.2.9".equals(InetAddress.getByName(name).getHostAddress());
    } catch (UnknownHostException failure) {
      if (over) {
        System.err.println(failure);
      }
      return false;
    }
  }

  private static Thread[] all() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] all = new Thread[100];
    group.enumerate(all, false);
    return all;
  }
}
