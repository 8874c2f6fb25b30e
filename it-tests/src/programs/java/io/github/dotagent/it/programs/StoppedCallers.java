package io.github.dotagent.it.programs;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has threads look new names up and stops them in the middle, as {@code Thread.stop} lets a program
 * do up to Java 19. Then looks names up as any program does, once the first is found: what a
 * stopped thread left undone may cost the others a timeout. Arguments: a domain, how often.
 */
public final class StoppedCallers {
  private static final int AFTERWARDS = 20;
  private static final int AT_ONCE = 4;

  /** The time of some lookups, so that a stop may meet any step of one. */
  private static final int LONGEST_NANOS = 3_000_000;

  /** Of 2 to the power of 32, odd: no two numbers become one. */
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  /** Lookups end within their timeout; much less than the harness waits for a program. */
  private static final int HANGS_SECONDS = 60;

  private static final String OWN_PACKAGE = "io.github.dotagent.it.";

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
    FutureTask<Integer> afterwards = new FutureTask<>(() -> foundAfterwards(args[0]));
    Thread finder = new Thread(afterwards, "finder");
    finder.setDaemon(true);
    finder.start();
    System.out.println(outcome(afterwards, finder));
    System.exit(0); // also where a thread hangs
  }

  private static int foundAfterwards(String domain) {
    while (!isFound("first" + NAMES.incrementAndGet() + domain)) {
      // the bound is that of the thread which waits for this one
    }
    int found = 0;
    for (int i = 0; i < AFTERWARDS; i++) {
      found += isFound("after" + i + domain) ? 1 : 0;
    }
    return found;
  }

  private static String outcome(FutureTask<Integer> afterwards, Thread finder) throws Exception {
    try {
      return "found " + afterwards.get(HANGS_SECONDS, TimeUnit.SECONDS) + " of " + AFTERWARDS;
    } catch (TimeoutException hangs) {
      StackTraceElement[] stack = finder.getStackTrace();
      return isInTableOfJdk(stack) ? "hangs in the JDK's table" : "hangs " + Arrays.toString(stack);
    }
  }

  /**
   * Whether the JDK waits for the lock of its own table of lookups, which a thread that was stopped
   * holds for ever. Each name is looked up once, so that no lookup waits there for another one; and
   * no frame of the agent's is on the stack.
   */
  private static boolean isInTableOfJdk(StackTraceElement[] stack) {
    boolean inTable = false;
    for (StackTraceElement frame : stack) {
      String type = frame.getClassName();
      if (type.startsWith("io.github.dotagent.") && !type.startsWith(OWN_PACKAGE)) {
        return false;
      }
      if (type.startsWith("java.net.InetAddress")) {
        return inTable;
      }
      inTable |= type.startsWith("java.util.concurrent.ConcurrentHashMap");
    }
    return false;
  }

  /**
   * The names are far from each other. Names in a row share bins of the JDK's own map of lookups
   * (InetAddress), which become trees, and a thread that is stopped in one leaves its lock held
   * (ConcurrentHashMap.TreeBin): that is not the agent's. It happens all the same where a thread is
   * stopped while the map grows, for then it never does.
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
