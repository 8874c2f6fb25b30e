package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.StackRoom;
import io.github.dotagent.concurrent.UninterruptibleWait;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Called by the hook: answers the probe itself and hands everything else to the core, which is made
 * by a thread of the agent's while the program already starts. That takes milliseconds, and no
 * connection is waited for here.
 */
final class AgentResolver implements HostResolver {
  /** The interval between two checks whether lookups are under way. */
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A program that stops every thread it finds does so once or twice. */
  static final int MOST_STARTS = 3;

  private final long timeoutNanos;

  /** Opens when the core is made or has failed; a future's VarHandles would cost start-up time. */
  private final CountDownLatch started = new CountDownLatch(1);

  private volatile HostResolver core; // set before the latch opens, unless it failed
  private volatile Throwable failure; // set before the latch opens, if it failed

  /** The thread that installs the agent; null once that is done. */
  private volatile Thread installing = Thread.currentThread();

  private final BlockHoundAllowance blockHound = new BlockHoundAllowance();
  private volatile Thread starting; // null until it is started
  private volatile SystemResolver instead; // null until the agent is taken out
  private volatile HostResolver jdks; // with mode=observe; null: lookups are the core's alone

  // of lookups that go to the core; no LongAdder, whose VarHandle costs milliseconds of a start
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong over = new AtomicLong();

  AgentResolver(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  /**
   * Makes the core in a thread of its own; returns at once. Lookups wait until it is made.
   *
   * @param making called once more when its thread is stopped in the middle, as the next is run
   * @param afterwards what need not be waited for here, on the same thread
   */
  void start(Callable<HostResolver> making, Runnable afterwards) {
    installing = null;
    begin(new Starting(making, afterwards));
  }

  private void begin(Starting start) {
    Thread thread = AgentThread.of("start", start, start);
    starting = thread;
    thread.start();
  }

  /** Continues in another thread if a program stops this one (Thread.stop, up to Java 19). */
  private final class Starting implements Runnable, Thread.UncaughtExceptionHandler {
    private final Callable<HostResolver> making;
    private final Runnable afterwards;
    private int left = MOST_STARTS; // of the thread that starts

    Starting(Callable<HostResolver> making, Runnable afterwards) {
      this.making = making;
      this.afterwards = afterwards;
    }

    @Override
    public void run() {
      if (isMade()) {
        afterwards.run();
      }
    }

    /** Not in a catch: the thread may be stopped before it gets there. */
    @Override
    public void uncaughtException(Thread ended, Throwable thrown) {
      if (!AgentThread.isStop(thrown)) {
        ended.getThreadGroup().uncaughtException(ended, thrown);
        return;
      }
      if (starting != ended) {
        return; // stopped again, after it had started another thread
      }
      left--;
      if (left > 0) {
        begin(this);
      } else if (started.getCount() > 0) {
        failed(thrown);
      }
    }

    /** False if the core cannot be made: every lookup then fails with that reason. */
    private boolean isMade() {
      if (started.getCount() == 0) {
        return failure == null; // a thread completed it, and was stopped afterwards
      }
      try {
        core = making.call();
        PrivilegedResolver.of(core); // its class is loaded before the first lookup comes
      } catch (Exception broken) {
        failed(broken);
        return false;
      } catch (Error broken) {
        if (AgentThread.isStop(broken)) {
          throw broken;
        }
        failed(broken);
        return false;
      }
      started.countDown();
      return true;
    }

    private void failed(Throwable broken) {
      failure = broken;
      started.countDown();
    }
  }

  /**
   * The agent could not start: lookups that wait for it are answered as without it.
   *
   * @param system the JDK's own
   */
  void cannotStart(SystemResolver system, Throwable why) {
    instead = system;
    failure = why;
    started.countDown();
  }

  /** False when the start is not over within so many nanoseconds. */
  boolean awaitStart(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(starting, nanos);
    } catch (InterruptedException inAHurry) {
      Thread.currentThread().interrupt();
    }
    return !starting.isAlive();
  }

  /** Why the core cannot be made; null if it is made, or not yet after so many nanoseconds. */
  Throwable awaitFailure(long nanos) {
    UninterruptibleWait.within(nanos, started);
    return failure;
  }

  /** From now on, later lookups are answered as without the agent. */
  void leave(SystemResolver system) {
    instead = system;
  }

  /**
   * With {@code mode=observe}: no lookup waits for the core, or fails because there is none.
   *
   * @param early answers it in that case
   */
  void observe(HostResolver early) {
    jdks = early;
  }

  /** Waits until no lookup is under way in the core; false when some are, after that time. */
  boolean awaitLast(long nanos) {
    long end = System.nanoTime() + nanos;
    while (isUnderWay()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
    return true;
  }

  /** Lookups that have begun since {@link #leave} do not count, and so none is missed. */
  private boolean isUnderWay() {
    long ended = over.get(); // read first: a lookup that ends in between counts as under way
    return begun.get() != ended;
  }

  @Override
  public InetAddress[] addresses(final String host, final AddressFamilyPolicy order)
      throws UnknownHostException {
    if (jdks == null) {
      StackRoom.prove(); // before any state that other threads share
    }
    if (ProbeName.is(host)) {
      return ProbeName.answer(host);
    }
    if (!blockHound.isThere()) {
      try {
        return found(host, order);
      } catch (UnknownHostException | Error thrown) {
        if (!blockHound.hasStopped(thrown)) {
          throw thrown;
        }
      }
    }
    Allowed<InetAddress[]> allowed =
        new Allowed<InetAddress[]>() {
          @Override
          InetAddress[] look() throws UnknownHostException {
            return found(host, order);
          }
        };
    return allowed.get();
  }

  private InetAddress[] found(String host, AddressFamilyPolicy order) throws UnknownHostException {
    if (instead == null) {
      begun.incrementAndGet();
      try {
        if (instead == null) {
          return PrivilegedResolver.of(core(host)).addresses(host, order);
        }
      } catch (UnknownHostException unknown) {
        throwUnlessLeft(unknown);
      } finally {
        over.incrementAndGet();
      }
    }
    return instead.addresses(host, order);
  }

  @Override
  public String nameOf(final byte[] address) throws UnknownHostException {
    if (jdks == null) {
      StackRoom.prove();
    }
    if (!blockHound.isThere()) {
      try {
        return foundName(address);
      } catch (UnknownHostException | Error thrown) {
        if (!blockHound.hasStopped(thrown)) {
          throw thrown;
        }
      }
    }
    Allowed<String> allowed =
        new Allowed<String>() {
          @Override
          String look() throws UnknownHostException {
            return foundName(address);
          }
        };
    return allowed.get();
  }

  private String foundName(byte[] address) throws UnknownHostException {
    if (instead == null) {
      begun.incrementAndGet();
      try {
        if (instead == null) {
          return PrivilegedResolver.of(core("reverse lookup")).nameOf(address);
        }
      } catch (UnknownHostException unknown) {
        throwUnlessLeft(unknown);
      } finally {
        over.incrementAndGet();
      }
    }
    return instead.nameOf(address);
  }

  /** A lookup that may wait although BlockHound watches. */
  private abstract class Allowed<T> implements Runnable {
    private T found;
    private UnknownHostException unknown; // null: it was found

    abstract T look() throws UnknownHostException;

    @Override
    public final void run() {
      try {
        found = look();
      } catch (UnknownHostException notFound) {
        unknown = notFound;
      }
    }

    final T get() throws UnknownHostException {
      blockHound.run(this);
      if (unknown != null) {
        throw unknown;
      }
      return found;
    }
  }

  /** A lookup that fails during the removal is made again without the agent. */
  private void throwUnlessLeft(UnknownHostException unknown) throws UnknownHostException {
    if (instead == null) {
      throw unknown;
    }
  }

  /**
   * @throws UnknownHostException if a lookup would wait for itself, or the core is not ready in
   *     time
   */
  private HostResolver core(String host) throws UnknownHostException {
    if (AgentThread.isCurrent()) {
      // for example, the JDK's TLS code looks a name up while the agent connects: it would wait for
      // itself
      throw new UnknownHostException(host + ": refused: lookup from a dot-agent thread");
    }
    if (Thread.currentThread() == installing) {
      throw new UnknownHostException(host + ": refused: dot-agent is being installed");
    }
    if (core == null && jdks != null) {
      return jdks;
    }
    if (core == null && !UninterruptibleWait.within(timeoutNanos, started)) {
      throw unknown(host + ": dot-agent did not start within timeout.start", null);
    }
    if (failure != null) {
      throw unknown(host + ": dot-agent could not start: " + failure, failure);
    }
    return core;
  }

  private static UnknownHostException unknown(String message, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }
}
