package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The lookups of {@link ChaosProgram}: hot names, new ones, and some that do not exist. {@code
 * ANY.kN.chaos.example.test} has the addresses 198.18.x.y and 2001:db8::N, and no others.
 */
final class ChaosLoad {
  private static final int DOMAINS = 1_000; // as many as the servers' zone has
  private static final int HOT = 40;
  private static final int HUNDRED = 100;
  private static final int HOT_SHARE = 40; // of a hundred
  private static final int GONE_SHARE = 45; // of a hundred, with the hot ones
  private static final int OCTET = 256;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** For the rest: the way into the agent and out, a garbage collection. */
  private static final long SLACK_NANOS = SECOND;

  /** Longer than any lookup, including the longest stop of the process. */
  private static final long ENDING_MILLIS = 120_000;

  /** The agent's message for a lookup that met the fault. */
  private static final String NO_MEMORY = "this JVM failed with java.lang.OutOfMemoryError";

  private static final AtomicLong NAMES = new AtomicLong();

  volatile ChaosFigures figures = new ChaosFigures();
  private final Heartbeat heartbeat;
  private final long boundNanos;
  private final AtomicIntegerArray inHotLookup = new AtomicIntegerArray(HOT); // by domain
  private final List<Thread> threads = new ArrayList<Thread>();
  private volatile boolean resting;
  private volatile boolean well;
  private volatile long wellSince;

  ChaosLoad(Heartbeat heartbeat, long boundNanos) {
    this.heartbeat = heartbeat;
    this.boundNanos = boundNanos;
  }

  void begin(int rate, int count) {
    resting = false;
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(new Caller(i, count * SECOND / rate), "caller-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Prints the stack of a lookup that does not end. */
  String rest() throws InterruptedException {
    resting = true;
    for (Thread thread : threads) {
      thread.join(ENDING_MILLIS);
      if (thread.isAlive()) {
        StringBuilder stack = new StringBuilder("does not end:");
        for (StackTraceElement element : thread.getStackTrace()) {
          stack.append(' ').append(element);
        }
        return stack.toString();
      }
    }
    threads.clear();
    return "ok";
  }

  void wellIn(long nanos) {
    wellSince = System.nanoTime() + nanos;
    well = true;
  }

  void ill() {
    well = false;
  }

  String once(String name) {
    try {
      InetAddress.getByName(name);
      return "ok";
    } catch (UnknownHostException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  /**
   * The JDK lets callers with the same name look it up one after the other, if the first of them
   * fails (NameServiceAddresses, lookupTable in Java 8): each of them may take the timeout.
   */
  private void lookUpHot(int domain) {
    int ahead = inHotLookup.getAndIncrement(domain);
    try {
      lookUp("hot.k" + domain + ".chaos.example.test", domain, (ahead + 1) * boundNanos);
    } finally {
      inHotLookup.decrementAndGet(domain);
    }
  }

  private void lookUp(String name, int domain, long withinNanos) {
    long begun = System.nanoTime();
    boolean toSucceed = well && begun - wellSince >= 0;
    String failure = null;
    figures.lookups.incrementAndGet();
    try {
      InetAddress[] found = InetAddress.getAllByName(name);
      judge(name, domain, found);
    } catch (UnknownHostException failed) {
      failure = String.valueOf(failed.getMessage());
      if (failure.contains(NO_MEMORY)) {
        figures.outOfMemory.incrementAndGet();
      } else {
        judge(name, domain, failure);
      }
    } catch (OutOfMemoryError full) {
      figures.outOfMemory.incrementAndGet();
      failure = full.toString();
    } catch (RuntimeException | Error neverThrown) {
      failure = neverThrown.toString();
      figures.wrong(name + " threw " + neverThrown);
    }
    long ended = System.nanoTime();
    if (failure != null && domain >= 0) {
      figures.failed.incrementAndGet();
      if (toSucceed && well) {
        figures.unwell(failure);
      }
    }
    long late = ended - begun - withinNanos - SLACK_NANOS;
    figures.took(TimeUnit.NANOSECONDS.toMillis(ended - begun));
    if (late > 0 && late > heartbeat.awayNanos(begun, ended)) {
      long away = TimeUnit.NANOSECONDS.toMillis(heartbeat.awayNanos(begun, ended));
      long took = TimeUnit.NANOSECONDS.toMillis(ended - begun);
      figures.late(name + " took " + took + " ms, away " + away + " ms: " + failure);
    }
  }

  /** One family's answer may be missing, when it failed. */
  private void judge(String name, int domain, InetAddress[] found) {
    if (domain < 0 || found.length == 0 || found.length > 2) {
      figures.wrong(name + " has " + found.length + " addresses");
      return;
    }
    for (InetAddress address : found) {
      String text = address.getHostAddress();
      String four = "198.18." + domain / OCTET + "." + domain % OCTET;
      String six = "2001:db8:0:0:0:0:0:" + Integer.toHexString(domain);
      if (!text.equals(four) && !text.equals(six)) {
        figures.wrong(name + " is " + text);
      }
    }
  }

  /** No server may be said to have denied a name that exists. */
  private void judge(String name, int domain, String failure) {
    boolean unanswered = failure.contains("no answer over TLS");
    boolean denied = failure.contains("no such name");
    if (domain >= 0 ? !unanswered || denied : !unanswered && !denied) {
      figures.wrong(name + " failed: " + failure);
    }
  }

  /** One of the threads that look up. */
  private final class Caller implements Runnable {
    private final Random random;
    private final long pauseNanos;

    Caller(int number, long pauseNanos) {
      this.random = new Random(number);
      this.pauseNanos = pauseNanos;
    }

    @Override
    public void run() {
      long due = System.nanoTime();
      while (!resting) {
        try {
          next();
        } catch (OutOfMemoryError full) {
          figures.outOfMemory.incrementAndGet(); // the program itself is out of memory
        }
        due += pauseNanos;
        long left = due - System.nanoTime();
        if (left > 0) {
          LockSupport.parkNanos(left);
        } else {
          due = System.nanoTime(); // a machine that is too slow for the rate does what it can
        }
      }
    }

    private void next() {
      int share = random.nextInt(HUNDRED);
      if (share < HOT_SHARE) {
        lookUpHot(random.nextInt(HOT));
      } else if (share < GONE_SHARE) {
        lookUp("n" + NAMES.incrementAndGet() + ".gone.example.test", -1, boundNanos);
      } else {
        int domain = random.nextInt(DOMAINS);
        String name = "n" + NAMES.incrementAndGet() + ".k" + domain + ".chaos.example.test";
        lookUp(name, domain, boundNanos);
      }
    }
  }
}
