package io.github.dotagent.agent.install;

import io.github.dotagent.agent.bypass.BypassHook;
import io.github.dotagent.agent.hook.HookFailure;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.config.InstallMode;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Repeats the start's proof of the hook for as long as the JVM lives: a later agent may redefine a
 * patched class with the original class file, and a program may set a field back. It puts a lost
 * hook back, and logs that. Safe for use by any number of threads.
 */
final class HookWatchdog {
  /**
   * The interval between two proofs: names leave in the clear for at most this long. A proof takes
   * a tenth of a millisecond.
   */
  static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A class is redefined after its transformers have run, in some milliseconds. */
  static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * If the hook is lost this often within the time below, something removes it each time that it is
   * put back.
   */
  static final int MOST_LOSSES = 4;

  /** Agents that redefine a class do so once or twice, at their start. */
  static final long LOSSES_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** The watched parts. */
  interface Watched {
    /**
     * Looks a probe name up.
     *
     * @throws HookFailure when the hook did not answer it
     */
    void prove() throws HookFailure;

    /** See {@link LookupHook#restore}. */
    void restore() throws HookFailure;

    /** See {@link LookupHook#refuse}. */
    void refuse(String because) throws HookFailure;

    /** See {@link BypassHook#repair}. */
    Set<String> repairSockets();

    /** Whether the JVM ends. */
    boolean isOver();
  }

  private final Watched watched;
  private final InstallMode mode;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final AtomicBoolean soon = new AtomicBoolean();
  private final AtomicReference<Thread> looking = new AtomicReference<>(); // null: none runs
  private volatile String lost; // null: it is in place
  private volatile boolean ended;
  private final AtomicLong losses = new AtomicLong();
  private boolean refused; // of the thread that looks, as the next
  private int recentLosses;
  private long firstOfThem;

  HookWatchdog(Watched watched, InstallMode mode, ThreadStarter threads, Timers timers, Log log) {
    this.watched = watched;
    this.mode = mode;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
  }

  /**
   * @param bypass null: not wanted
   */
  static Watched of(
      final LookupHook hook,
      final BypassHook bypass,
      final Instrumentation instrumentation,
      final Retransformer retransformer) {
    return new Watched() {
      @Override
      public void prove() throws HookFailure {
        if (!hook.takesLookups()) {
          return;
        }
        try {
          ProbeName.proveAgain();
        } catch (ReflectiveOperationException unknownJdk) {
          throw new HookFailure("the JVM's DNS cache cannot be reached: " + unknownJdk, unknownJdk);
        }
      }

      @Override
      public void restore() throws HookFailure {
        hook.restore(instrumentation, retransformer);
      }

      @Override
      public void refuse(String because) throws HookFailure {
        hook.refuse(because, instrumentation, retransformer);
      }

      @Override
      public Set<String> repairSockets() {
        return bypass == null ? Collections.<String>emptySet() : bypass.repair();
      }

      @Override
      public boolean isOver() {
        return retransformer.hasEnded();
      }
    };
  }

  /** Returns at once. */
  void begin() {
    ended = false;
    timers.after(PERIOD_NANOS, new Look(true));
  }

  /**
   * The agent is about to remove the hook: no further look begins. False while a look is in
   * progress.
   */
  boolean end() {
    ended = true;
    return looking.get() == null;
  }

  /** A class of the hook is being redefined: it is checked when that is done. */
  void touched() {
    if (soon.compareAndSet(false, true)) {
      timers.after(SOON_NANOS, new Look(false));
    }
  }

  /** Whether lookups reach the agent, by the last proof. */
  boolean isInPlace() {
    return lost == null;
  }

  /** The reason if they do not; null if they do. */
  String lost() {
    return lost;
  }

  /** How often the hook, or the patch of a socket, was lost since the start. */
  long losses() {
    return losses.get();
  }

  /** In a thread of its own: a name that the hook does not answer takes the system's time. */
  private final class Look implements Runnable {
    private final boolean again;

    Look(boolean again) {
      this.again = again;
    }

    /** On the timer's thread first, then on its own. */
    @Override
    public void run() {
      if (ended) {
        return;
      }
      if (again) {
        timers.after(PERIOD_NANOS, this); // set first: Thread.stop may end this thread
      } else {
        soon.set(false);
      }
      threads.start(
          "proof",
          new Runnable() {
            @Override
            public void run() {
              look();
            }
          });
    }
  }

  /** One at a time; a second one would add nothing. */
  void look() {
    Thread other = looking.get();
    boolean free = other == null || !other.isAlive(); // a dead thread was stopped during its check
    if (free && looking.compareAndSet(other, Thread.currentThread())) {
      try {
        if (!ended) {
          lookAtLookups();
          lookAtSockets();
        }
      } finally {
        looking.set(null);
      }
    }
  }

  private void lookAtLookups() {
    if (refused) {
      return; // permanent: nothing is sent, and only a restart helps
    }
    HookFailure failure = failure();
    if (failure == null) {
      lost = null;
      return;
    }
    if (watched.isOver() || ended) {
      return; // without the hook a lookup takes long, and the hook may have been removed meanwhile
    }
    boolean known = lost != null; // the same loss as before
    boolean again = !known && isTakenAgainAndAgain();
    if (!known) {
      losses.incrementAndGet();
    }
    HookFailure remains = again && mode == InstallMode.ABORT ? failure : afterRestore();
    if (remains == null) {
      lost = null;
      touched(); // check soon whether it is lost again
      log.write(
          Level.ERROR,
          "the hook was lost, and is in place again: another agent, or the program, has changed"
              + " java.net.InetAddress; for some seconds names may have left in the clear ("
              + failure.getMessage()
              + ")");
    } else {
      reportLost(remains, known);
    }
  }

  private boolean isTakenAgainAndAgain() {
    long now = timers.nanoTime();
    if (recentLosses == 0 || now - firstOfThem > LOSSES_NANOS) {
      recentLosses = 0;
      firstOfThem = now;
    }
    recentLosses++;
    return recentLosses >= MOST_LOSSES;
  }

  /** Null when the hook holds again; the reason if not, also after any exception. */
  private HookFailure afterRestore() {
    try {
      watched.restore();
      return failure();
    } catch (HookFailure refusedByJvm) {
      return refusedByJvm;
    } catch (RuntimeException | Error broken) {
      if (AgentThread.isStop(broken)) {
        throw broken; // the next look does it again
      }
      return new HookFailure(String.valueOf(broken), broken);
    }
  }

  /** Null when the hook holds. */
  private HookFailure failure() {
    try {
      watched.prove();
      return null;
    } catch (HookFailure notOurs) {
      return notOurs;
    }
  }

  private void reportLost(HookFailure failure, boolean known) {
    String reason = "the hook is lost, and cannot be put back: " + failure.getMessage();
    String then =
        "lookups leave in the clear; restart the JVM without the code that changes InetAddress";
    if (mode == InstallMode.ABORT) {
      HookFailure inVain = afterRefusal();
      refused = inVain == null;
      then =
          refused
              ? "lookups are refused (install=abort) until the JVM is restarted"
              : then + "; they cannot be refused either: " + inVain.getMessage();
    }
    lost = reason + "; " + then;
    if (!known) {
      log.write(Level.ERROR, lost);
    }
  }

  /** Null when lookups are refused from now on. */
  private HookFailure afterRefusal() {
    try {
      watched.refuse("refused: dot-agent's hook is lost, and cannot be put back");
      return null;
    } catch (HookFailure refusedByJvm) {
      return refusedByJvm;
    } catch (RuntimeException | Error broken) {
      if (AgentThread.isStop(broken)) {
        throw broken; // the next look does it again
      }
      return new HookFailure(String.valueOf(broken), broken);
    }
  }

  private void lookAtSockets() {
    Set<String> undone =
        watched.isOver() ? Collections.<String>emptySet() : watched.repairSockets();
    if (!undone.isEmpty()) {
      losses.incrementAndGet();
      log.write(
          Level.ERROR,
          "sockets were no longer patched, and are again: another agent, or the program, has"
              + " changed "
              + undone
              + "; DNS queries that libraries send themselves may have left in the clear");
    }
  }
}
