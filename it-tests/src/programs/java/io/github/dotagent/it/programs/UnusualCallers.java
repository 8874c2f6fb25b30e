package io.github.dotagent.it.programs;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Makes the first lookup of its JVM from a place where a resolver does not expect one. Arguments:
 * where, and a name; for the crowds a number of threads and a domain.
 */
public final class UnusualCallers {
  /** No lookup takes as long, even behind 300 others on a loaded machine. */
  private static final long SECONDS = 40;

  private static final PrintStream OUT = System.out;

  private UnusualCallers() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    String name = args[1];
    switch (args[0]) {
      case "interrupted":
        Thread.currentThread().interrupt();
        OUT.println(found(name) + " interrupted=" + Thread.interrupted());
        break;
      case "static":
        System.setProperty("name", name);
        OUT.println(Initialised.FOUND);
        break;
      case "threadLocal":
        OUT.println(ofThisThread(name).get());
        break;
      case "logging":
        fromALoggingHandler(name);
        break;
      case "shutdown":
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OUT.println(found(name))));
        break;
      case "threads":
        crowd(Integer.parseInt(args[2]), name, false);
        break;
      case "virtualThreads":
        crowd(Integer.parseInt(args[2]), name, true);
        OUT.println("warm " + System.currentTimeMillis()); // every class is loaded by now
        crowd(Integer.parseInt(args[2]), "w" + name, true);
        break;
      default:
        System.exit(2);
    }
  }

  static String found(String name) {
    try {
      return "ok " + InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException failure) {
      return "failed " + Failures.oneLine(failure);
    }
  }

  private static ThreadLocal<String> ofThisThread(String name) {
    return ThreadLocal.withInitial(() -> found(name));
  }

  private static void fromALoggingHandler(String name) {
    Logger logger = Logger.getLogger("program");
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            OUT.println(line.getMessage() + " " + found(name));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    logger.log(Level.INFO, "logged");
  }

  /** All at once: half of them for one name, each of the others for one of its own. */
  private static void crowd(int size, String domain, boolean virtual) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(size);
    AtomicInteger well = new AtomicInteger();
    for (int i = 0; i < size; i++) {
      String name = (i % 2 == 0 ? "same" : "n" + i) + domain;
      Runnable lookup =
          () -> {
            try {
              go.await();
              String found = found(name);
              if (found.startsWith("ok")) {
                well.incrementAndGet();
              } else {
                OUT.println(found);
              }
            } catch (InterruptedException neverHere) {
              Thread.currentThread().interrupt();
            } finally {
              done.countDown();
            }
          };
      if (virtual) { // by name, for this program runs on Java 8 as well
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, lookup);
      } else {
        new Thread(lookup).start();
      }
    }
    go.countDown();
    boolean ended = done.await(SECONDS, TimeUnit.SECONDS);
    OUT.println(well.get() + " of " + size + (ended ? "" : " in time"));
  }

  /** Looks a name up while it is initialised. */
  private static final class Initialised {
    static final String FOUND = found(System.getProperty("name"));
  }
}
