package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends while daemon threads look up new names. Arguments: the number of threads, how many lookups
 * must be answered before the end (0: none), how many microseconds to wait then, {@code return} or
 * {@code exit}, and what the names begin and end with.
 */
public final class EndingLoad {
  private final String start;
  private final String domain;
  private final CountDownLatch answered;

  private EndingLoad(String start, String domain, int lookups) {
    this.start = start;
    this.domain = domain;
    this.answered = new CountDownLatch(lookups);
  }

  public static void main(String[] args) throws InterruptedException {
    int lookups = Integer.parseInt(args[1]);
    EndingLoad load = new EndingLoad(args[4], args[5], lookups);
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      load.begin(i);
    }
    load.answered.await();
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(args[2])));
    if (args[3].equals("exit")) {
      System.exit(0);
    }
  }

  private void begin(final int number) {
    Thread thread =
        new Thread(
            new Runnable() {
              @Override
              public void run() {
                lookUpForever(number);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void lookUpForever(int number) {
    for (int i = 0; true; i++) {
      try {
        InetAddress.getByName(start + "-" + number + "-" + i + "." + domain);
        answered.countDown();
      } catch (UnknownHostException notAnswered) {
        // the next one may be; the end of the JVM closes the connections
      }
    }
  }
}
