package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.bypass.BypassHook;
import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.UninterruptibleWait;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import io.github.dotagent.net.JavaRelease;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the agent's work when the JVM ends, and lets the log write its last lines. It runs after the
 * program's shutdown hooks, because these may still look names up. A thread that reads from a
 * socket would otherwise delay the end by 0.3 s (HotSpot,
 * VM_Exit::wait_for_threads_in_native_to_block). {@code Runtime.halt} runs no hooks, so there the
 * delay remains.
 *
 * <p>It uses {@code java.lang.Shutdown}, where the JDK keeps its own hooks. They run one after the
 * other, by number; the program's hooks are number 1. A hook of {@code Runtime.addShutdownHook}
 * would run beside these. Access to that class takes reflection and so time, in the background. If
 * a program ends before that, and the end needs the agent ({@link ClassLoadsUnderWay}), an ordinary
 * hook notices it.
 */
final class CloseAtExit implements Runnable {
  private static final String CLASS = "java.lang.Shutdown"; // of the JDK: runs shutdown hooks

  /** The last of ten (Shutdown.MAX_SYSTEM_HOOKS); the JDK uses 0 to 2. */
  private static final int LAST_SLOT = 9;

  /** A working log needs a fraction of this; a log that hangs must not keep the JVM. */
  private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Closing takes a millisecond or two; if something stays open, HotSpot itself waits 0.3 s. */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** The first release whose death waits for transformers. */
  private static final int FIRST_TO_WAIT = 26;

  /**
   * Of 1 ms each, or more on a busy machine: of those that run, nearly all have moved on by two.
   */
  private static final int LOOKS = 100;

  private final LookupHook hook;
  private final Instrumentation instrumentation;
  private final Retransformer retransformer;
  private final BypassHook bypass; // null: not wanted
  private final QueuedLog log;
  private final boolean deathWaits;
  private boolean placed; // guarded by this
  private Thread early; // guarded by this; null: none is needed
  private volatile DotCore core; // null until it is made

  CloseAtExit(
      LookupHook hook,
      Instrumentation instrumentation,
      Retransformer retransformer,
      BypassHook bypass,
      QueuedLog log) {
    this.hook = hook;
    this.instrumentation = instrumentation;
    this.retransformer = retransformer;
    this.bypass = bypass;
    this.log = log;
    this.deathWaits = JavaRelease.current() >= FIRST_TO_WAIT;
  }

  /** For a program that ends before {@link #takePlace} has been called; takes no time. */
  void expectEarlyEnd() {
    if (!deathWaits) {
      return;
    }
    Runnable taking =
        new Runnable() {
          @Override
          public void run() {
            takePlace();
          }
        };
    Thread hook = AgentThread.of("end", taking);
    synchronized (this) {
      early = hook;
    }
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException endsAlready) {
      // the agent was attached while the JVM ends
    }
  }

  /**
   * Removes the hook from the end of the JVM.
   *
   * @throws ReflectiveOperationException if this JDK does not allow it
   */
  synchronized void leavePlace() throws ReflectiveOperationException {
    forgetEarlyEnd();
    Class<?> shutdown = Class.forName(CLASS, true, null);
    Runnable[] places = (Runnable[]) JdkInternals.staticOf(shutdown, "hooks");
    synchronized (JdkInternals.staticOf(shutdown, "lock")) {
      if (places[LAST_SLOT] == this) {
        places[LAST_SLOT] = null;
      }
    }
    placed = true; // for an early hook that runs at this moment
  }

  /** Undoes {@link #expectEarlyEnd}. */
  synchronized void forgetEarlyEnd() {
    try {
      if (early != null) {
        Runtime.getRuntime().removeShutdownHook(early);
      }
    } catch (IllegalStateException endsAlready) {
      // the hook has run, or will find the place taken
    }
  }

  /** Sets the parts to close. */
  void closes(DotCore made) {
    core = made;
  }

  /** After the hooks of the program; may be called while those run. */
  synchronized void takePlace() {
    if (placed) {
      return;
    }
    placed = true;
    try {
      hook.openJdkInternals(instrumentation);
      Method add =
          Class.forName(CLASS, true, null)
              .getDeclaredMethod("add", int.class, boolean.class, Runnable.class);
      add.setAccessible(true);
      if (JdkInternals.methodsAreSlow()) {
        addByHandle(add);
      } else {
        add.invoke(null, LAST_SLOT, true, this);
      }
    } catch (InvocationTargetException tooLateOrTaken) {
      log.write(Level.DEBUG, "the JVM may shut down late: " + tooLateOrTaken.getCause());
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      log.write(Level.DEBUG, "the JVM may shut down late: " + unknownJdk);
    }
  }

  private void addByHandle(Method add) throws ReflectiveOperationException {
    MethodHandle adding = MethodHandles.lookup().unreflect(add);
    try {
      adding.invokeExact(LAST_SLOT, true, (Runnable) this);
    } catch (Throwable tooLateOrTaken) {
      throw new InvocationTargetException(tooLateOrTaken);
    }
  }

  @Override
  public void run() {
    // before the connections close: later failures on any thread come from that
    inTime(
        "last-words",
        2 * LAST_WORDS_NANOS, // the flush itself waits for a bounded time
        new Runnable() {
          @Override
          public void run() {
            log.write(Level.DEBUG, "the JVM is shutting down: connections are closed");
            log.close(LAST_WORDS_NANOS);
          }
        });
    inTime(
        "close",
        CLOSE_NANOS,
        new Runnable() {
          @Override
          public void run() {
            DotCore made = core;
            if (made != null) {
              made.close();
            }
          }
        });
    if (deathWaits && bypass != null) {
      retransformer.end();
      bypass.end();
      new ClassLoadsUnderWay(new ThreadsOfThisJvm()).await(LOOKS);
    }
  }

  /**
   * On another thread: a stopped thread may hold a lock for ever, and the end must not wait for it.
   */
  private static void inTime(String role, long nanos, final Runnable work) {
    final CountDownLatch done = new CountDownLatch(1);
    Runnable telling =
        new Runnable() {
          @Override
          public void run() {
            try {
              work.run();
            } finally {
              done.countDown();
            }
          }
        };
    try {
      AgentThread.of(role, telling).start();
    } catch (OutOfMemoryError noThread) {
      return; // the JVM ends 0.3 s later, and without its last line
    }
    UninterruptibleWait.within(nanos, done);
  }
}
