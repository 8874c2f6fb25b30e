package io.github.dotagent.it.programs;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Stops one of the agent's threads again and again while it works, as {@code Thread.stop} lets a
 * program do up to Java 19, then looks a last name up and exits. Arguments: the thread's name, how
 * often, what the names end with.
 */
public final class StoppedThreads {
  /** A thread that is not begun again is to fail the test, and not to fill its log. */
  private static final int MOST_LOOKUPS = 10_000;

  private StoppedThreads() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    Method stop = Thread.class.getMethod("stop"); // deprecated, and a warning is an error
    int stopped = 0;
    for (int i = 0; stopped < Integer.parseInt(args[1]); i++) {
      if (i == MOST_LOOKUPS) {
        throw new IllegalStateException(args[0] + " was not begun again: stopped " + stopped);
      }
      isAnswered("n" + i + "." + args[2]);
      for (Thread thread : all()) {
        if (thread != null && thread.getName().equals(args[0])) {
          stop.invoke(thread);
          stopped++;
        }
      }
    }
    while (!isAnswered("last." + args[2])) {
      // the query was given up with a connection whose thread was stopped; the harness has the
      // bound
    }
    System.out.println("stopped " + stopped);
    System.out.flush();
    System.exit(0);
  }

  private static boolean isAnswered(String name) {
    try {
      InetAddress.getByName(name);
      return true;
    } catch (UnknownHostException notInTime) {
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
