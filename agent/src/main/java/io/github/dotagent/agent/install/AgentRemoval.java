package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.bypass.BypassHook;
import io.github.dotagent.agent.hook.HookFailure;
import io.github.dotagent.agent.hook.JvmNameCache;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.InstallMode;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Takes the agent out of the JVM. First it sends lookups where they went before the agent. Then it
 * waits for lookups in progress, and ends everything that the agent has made. After that nothing
 * refers to the agent's classes, and the JVM frees them.
 *
 * <p>A refused removal may be requested again. It runs on the JVM's own thread for attaching,
 * because the agent's threads end.
 */
final class AgentRemoval implements Function<String, String> {
  /**
   * The order to remove the agent although {@code install=abort}; with any other word the agent may
   * refuse.
   */
  static final String FORCE = "force";

  /** The order to say whether the agent still has the lookups of its JVM; a label follows. */
  static final String PROBE = "probe ";

  /** The beginnings of a report, as in {@code AttachReport}. */
  private static final String REMOVED = "removed ";

  private static final String KEPT = "kept ";

  /** Together less than the 30 s for which the command waits. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Lookups end within their timeout, 5 s by default. */
  private static final long LOOKUPS_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Libraries repeat their queries themselves. */
  private static final long FORWARDED_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** For threads that must end: one that reads from a disk, for example, may take this long. */
  private static final long THREADS_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1); // a proof takes less

  /** The same as in CloseAtExit, for a log that hangs. */
  private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final DotConfig config;
  private final LookupHook hook;
  private final AgentResolver resolver;
  private final BypassHook bypass; // null: not wanted
  private final CoreStart start;
  private final CloseAtExit end;
  private final Instrumentation instrumentation;
  private final QueuedLog log;
  private final boolean fromStart;
  private boolean out; // of the thread that installs

  /**
   * @param fromStart whether the agent was there before the program's main
   */
  AgentRemoval(
      DotConfig config,
      LookupHook hook,
      AgentResolver resolver,
      BypassHook bypass,
      CoreStart start,
      CloseAtExit end,
      Instrumentation instrumentation,
      QueuedLog log,
      boolean fromStart) {
    this.config = config;
    this.hook = hook;
    this.resolver = resolver;
    this.bypass = bypass;
    this.start = start;
    this.end = end;
    this.instrumentation = instrumentation;
    this.log = log;
    this.fromStart = fromStart;
  }

  /** The hook. */
  LookupHook hook() {
    return hook;
  }

  /**
   * One line; its first word says whether the agent is removed. For a probe: the reason why the
   * agent does not get the lookups; empty if it gets them.
   */
  @Override
  public String apply(final String order) {
    // under a SecurityManager, classes with few permissions are on the stack of the JVM's thread
    return AccessController.doPrivileged(
        new PrivilegedAction<String>() {
          @Override
          public String run() {
            return order.startsWith(PROBE)
                ? probe(order.substring(PROBE.length()))
                : remove(order, "removed by detach");
          }
        });
  }

  /**
   * Proves the hook again.
   *
   * @param label of a name that was never looked up before
   */
  private String probe(String label) {
    try {
      if (hook.takesLookups()) {
        ProbeName.prove(label);
      }
      return "";
    } catch (HookFailure failure) {
      return failure.getMessage();
    }
  }

  /**
   * Removes the agent if it cannot start. Waits for the result of the start, usually a few
   * milliseconds.
   *
   * @return why it could not start, for people; null if it could, or is still starting
   */
  String afterFailedStart() {
    Throwable failure = resolver.awaitFailure(START_NANOS);
    if (failure == null) {
      return null;
    }
    String report = remove(FORCE, "removed, because it could not start");
    out = report.startsWith(REMOVED);
    return "it could not start: "
        + failure
        + (out ? "" : "; every lookup fails: " + report.substring(KEPT.length()));
  }

  /** Whether {@link #afterFailedStart} has removed the agent. */
  boolean isOut() {
    return out;
  }

  private String remove(String order, String how) {
    if (fromStart && config.install() == InstallMode.ABORT && !FORCE.equals(order)) {
      return KEPT
          + "it was given at the start with install=abort: that JVM must not run without it;"
          + " --force removes it anyway";
    }
    if (!resolver.awaitStart(START_NANOS)) {
      return KEPT + "it has not started yet; try again";
    }
    endWatchdog();
    try {
      hook.remove(instrumentation);
    } catch (HookFailure | RuntimeException | Error refused) {
      if (start.watchdog() != null) {
        start.watchdog().begin();
      }
      return KEPT + "the hook cannot be removed from this JVM: " + refused.getMessage();
    }
    resolver.leave(hook.systemResolver());
    log.write(Level.WARN, how + ": lookups go as before the agent, and are not protected");
    return REMOVED + whatStays();
  }

  /** Stops the watchdog; otherwise it would treat the removed hook as lost and put it back. */
  private void endWatchdog() {
    HookWatchdog watchdog = start.watchdog();
    long deadline = System.nanoTime() + THREADS_NANOS;
    while (watchdog != null && !watchdog.end() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Ends everything; empty if nothing stays. */
  private String whatStays() {
    List<String> stays = new ArrayList<>();
    DotCore core = start.core();
    if (bypass != null) {
      bypass.release();
    }
    resolver.awaitLast(LOOKUPS_NANOS);
    restoreCache(stays);
    log.flush(LAST_WORDS_NANOS); // now, while its thread can still be started
    if (core != null) {
      core.forwarder().drain(FORWARDED_NANOS);
      core.end();
    }
    if (bypass != null) {
      for (String patched : bypass.remove()) {
        stays.add(patched + " stays patched, without effect");
      }
    }
    try {
      end.leavePlace();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      stays.add("a shutdown hook stays: " + unknownJdk);
    }
    try {
      start.sockets().release();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      stays.add("the stand-in for the program's SocketImplFactory stays: " + unknownJdk);
    }
    try {
      SecurityLoggerGuard.release();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      stays.add("the stand-in for the JDK's security log stays: " + unknownJdk);
    }
    log.close(LAST_WORDS_NANOS);
    awaitThreads(stays);
    // not earlier, because a thread might still register MBeans
    if (start.watching() != null) {
      String watched = start.watching().end();
      if (!watched.isEmpty()) {
        stays.add(watched);
      }
    }
    return String.join("; ", stays);
  }

  /** Called when no lookup is in progress that would keep its answer by the agent's policy. */
  private void restoreCache(List<String> stays) {
    try {
      if (start.policyBefore() != null) {
        JvmCachePolicy.withoutAgent(start.policyBefore()).apply();
      }
      JvmNameCache.flush();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      stays.add("the JVM's DNS cache keeps the agent's TTLs: " + unknownJdk);
    }
  }

  private static void awaitThreads(List<String> stays) {
    long deadline = System.nanoTime() + THREADS_NANOS;
    for (Thread thread : ThreadsOfThisJvm.ofTheAgent()) {
      long left = deadline - System.nanoTime();
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(left, 1));
      } catch (InterruptedException inAHurry) {
        Thread.currentThread().interrupt();
      }
      if (thread.isAlive()) {
        stays.add("the thread " + thread.getName() + " has not ended yet");
      }
    }
  }
}
