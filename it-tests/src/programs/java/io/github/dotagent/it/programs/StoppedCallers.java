package io.github.dotagent.it.programs;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has threads look new names up and stops them in the middle, as {@code Thread.stop} lets a program
 * do up to Java 19. Then looks names up as any program does, once the first is found: what a
 * stopped thread left undone may cost the others a time-out. Arguments: a domain, how often.
 */
public final class StoppedCallers {
  private static final int AFTERWARDS = 20;
  private static final int AT_ONCE = 4;

  /** Some lookups: a stop meets any step of one. */
  private static final int LONGEST_NANOS = 3_000_000;

  /** Of 2 to the power of 32, odd: no two numbers become one. */
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  private static final AtomicInteger NAMES = new AtomicInteger();

  private StoppedCallers() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    Method stop = Thread.class.getMethod("stop"); // deprecated, and a warning is an error
    for (int i = 0; i < AFTERWARDS; i++) {
      isFound("before" + i + args[0]);
    }
    int times = Integer.parseInt(args[1]);
    for (int stopped = 0; stopped < times; stopped += AT_ONCE) {
      Thread[] callers = new Thread[AT_ONCE];
      for (int i = 0; i < AT_ONCE; i++) {
        callers[i] = new Thread(() -> lookUp(args[0]), "program-" + stopped);
        callers[i].setDaemon(true);
        callers[i].setUncaughtExceptionHandler((thread, death) -> {});
        callers[i].start();
      }
      long until = System.nanoTime() + ThreadLocalRandom.current().nextInt(LONGEST_NANOS);
      while (System.nanoTime() - until < 0) {
        Thread.yield();
      }
      for (Thread caller : callers) {
        stop.invoke(caller);
      }
    }
    while (!isFound("first" + NAMES.incrementAndGet() + args[0])) {
      // the harness has the bound
    }
    int found = 0;
    for (int i = 0; i < AFTERWARDS; i++) {
      found += isFound("after" + i + args[0]) ? 1 : 0;
    }
    System.out.println("found " + found + " of " + AFTERWARDS);
    System.exit(0); // also where a thread hangs
  }

  /**
   * The names are far from each other. Names in a row share bins of the JDK's own map of lookups
   * (InetAddress), which become trees, and a thread that is stopped in one leaves its lock held
   * (ConcurrentHashMap.TreeBin): that is not the agent's.
   */
  private static void lookUp(String domain) {
    while (true) {
      isFound("n" + Integer.toHexString(NAMES.incrementAndGet() * GOLDEN_RATIO) + domain);
    }
  }

  private static boolean isFound(String name) {
    try {
      return "192.0.2.9".equals(InetAddress.getByName(name).getHostAddress());
    } catch (UnknownHostException failure) {
      return false;
    }
  }
}
