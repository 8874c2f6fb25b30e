package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fills its heap to the end and empties it, again and again, while eight threads look new names up
 * and catch what comes. Then looks names up as any program does. Arguments: a domain, how often.
 */
public final class HeapEnd {
  private static final int THREADS = 4;
  private static final int AFTERWARDS = 20;

  /** How long the heap stays full, so that lookups meet it at every step. */
  private static final long FULL_NANOS = 300_000_000;

  /** Fills the heap down to the smallest gap for an object of a lookup; large pieces first. */
  private static final int[] PIECES = {1 << 16, 1 << 10, 1 << 5};

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final AtomicInteger FULL = new AtomicInteger();
  private static volatile boolean over;

  private HeapEnd() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    for (int i = 0; i < AFTERWARDS; i++) {
      isFound("before" + i + args[0]); // loads the classes of a lookup beforehand
    }
    Thread[] callers = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      callers[i] = new Thread(() -> lookUp(args[0]), "program-" + i);
      callers[i].setDaemon(true);
      callers[i].start();
    }
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      fillAndEmpty();
    }
    over = true;
    int found = 0;
    for (int i = 0; i < AFTERWARDS; i++) {
      found += isFound("after" + i + args[0]) ? 1 : 0;
    }
    System.out.println("filled " + FULL.get() / PIECES.length);
    System.out.println("found " + found + " of " + AFTERWARDS);
    System.exit(0); // also where a thread hangs
  }

  private static void fillAndEmpty() {
    Object[] all = null;
    for (int size : PIECES) {
      try {
        while (true) {
          Object[] piece = new Object[size];
          piece[0] = all;
          all = piece;
        }
      } catch (OutOfMemoryError full) {
        FULL.incrementAndGet();
      }
    }
    long until = System.nanoTime() + FULL_NANOS;
    while (System.nanoTime() - until < 0 && all != null) {
      Thread.yield();
    }
  }

  private static void lookUp(String domain) {
    while (!over) {
      try {
        isFound("n" + NAMES.incrementAndGet() + domain);
      } catch (OutOfMemoryError full) {
        Thread.yield();
      }
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
}
