package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Recurses to the end of its stack and looks a name up in each frame, again and again, catching the
 * error: new names, and one that is known. Then looks names up as any program does. Arguments: a
 * domain, how often, and {@code virtual} for virtual threads.
 */
public final class StackEnd {
  /**
   * Four times as much is less than the 1 MB of an ended thread. Otherwise glibc would give that
   * stack to the new thread, with 9,000 frames instead of 1,200 (get_cached_stack in
   * allocatestack.c).
   */
  private static final long STACK = 240 * 1024;

  /** Deeper than any stack here. */
  private static final int NO_END = 1_000_000;

  /** Frames of about 100 octets, before the end: more than a lookup takes. */
  private static final int NEAR = 500;

  /** Longer than the timeout of a lookup. In this time each thread ends one, or it hangs. */
  private static final long PATIENCE_MILLIS = 60_000;

  private static final int AFTERWARDS = 20;

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final AtomicInteger OVERFLOWS = new AtomicInteger();
  private static final AtomicInteger ENDED = new AtomicInteger(); // lookups

  private final String domain;
  private int deepest;

  private StackEnd(String domain) {
    this.domain = domain;
  }

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    boolean virtual = args.length > 2;
    int rounds = Integer.parseInt(args[1]);
    for (int round = 0; round < rounds; round++) {
      StackEnd end = new StackEnd(args[0]);
      // a virtual thread's stack is copied with each wait, so not in each frame
      boolean fine = virtual || round % 2 == 1;
      run(virtual, () -> end.round(fine));
    }
    AtomicInteger found = new AtomicInteger();
    for (int i = 0; i < AFTERWARDS; i++) {
      String name = "after" + i + args[0];
      run(false, () -> found.addAndGet("192.0.2.9".equals(address(name)) ? 1 : 0));
    }
    System.out.println("overflowed " + (OVERFLOWS.get() > 0));
    System.out.println("found " + found.get() + " of " + AFTERWARDS);
    System.exit(0); // also where a thread hangs
  }

  private static void run(boolean virtual, Runnable work) throws Exception {
    Thread thread;
    if (virtual) { // Java 21 and newer
      thread =
          (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    } else {
      thread = new Thread(null, work, "program", STACK);
      thread.setDaemon(true);
      thread.start();
    }
    int before;
    do {
      before = ENDED.get();
      thread.join(PATIENCE_MILLIS);
    } while (thread.isAlive() && ENDED.get() != before);
    if (thread.isAlive()) {
      System.out.println("hangs: " + String.join(" < ", stack(thread)));
    }
  }

  private static String[] stack(Thread thread) {
    StackTraceElement[] frames = thread.getStackTrace();
    String[] text = new String[Math.min(12, frames.length)];
    for (int i = 0; i < text.length; i++) {
      text[i] = frames[i].toString();
    }
    return text;
  }

  private void round(boolean fine) {
    if (!fine) {
      inEachFrame(0);
      return;
    }
    deepest = 0;
    dive(NO_END);
    int end = deepest;
    // a frame further each time, so that the end of the stack meets every step of a lookup
    for (int depth = end - NEAR; depth < end; depth++) {
      dive(depth);
    }
  }

  private void inEachFrame(int depth) {
    try {
      lookUp(depth % 3 == 0);
      if (depth < NO_END) {
        inEachFrame(depth + 1);
      }
    } catch (StackOverflowError end) {
      OVERFLOWS.incrementAndGet();
    }
  }

  private void dive(int depth) {
    try {
      fall(depth);
    } catch (StackOverflowError end) {
      OVERFLOWS.incrementAndGet();
    }
  }

  private void fall(int left) {
    deepest++;
    if (left > 0) {
      fall(left - 1);
    } else {
      lookUp(true);
      lookUp(false);
    }
  }

  private void lookUp(boolean fresh) {
    address(fresh ? "n" + NAMES.incrementAndGet() + domain : "known" + domain);
  }

  private static String address(String name) {
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException failure) {
      return String.valueOf(failure.getMessage());
    } finally {
      ENDED.incrementAndGet();
    }
  }
}
