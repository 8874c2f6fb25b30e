package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.QueuedLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;

/**
 * Ends our connections when the JVM ends, and lets the log write its last lines; after everybody's
 * shutdown hooks, which may still look names up. A thread that reads from a socket would otherwise
 * keep the JVM for 0.3 s more (HotSpot, VM_Exit::wait_for_threads_in_native_to_block). {@code
 * Runtime.halt} runs no hooks: there it does.
 *
 * <p>By {@code java.lang.Shutdown}, where the JDK keeps its own: one after the other, by number,
 * the program's hooks under number 1. {@code Runtime.addShutdownHook} would run ours beside them.
 */
final class CloseAtExit implements Runnable {
  private static final String CLASS = "java.lang.Shutdown";

  /** The last of ten (Shutdown.MAX_SYSTEM_HOOKS); the JDK uses 0 to 2. */
  private static final int LAST_SLOT = 9;

  /** A log that is well is written in a fraction of it; one that hangs must not keep the JVM. */
  private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final DotCore core;
  private final QueuedLog log;

  private CloseAtExit(DotCore core, QueuedLog log) {
    this.core = core;
    this.log = log;
  }

  /** {@code JdkInternals} must be open. */
  static void of(DotCore core, QueuedLog log) {
    try {
      Method add =
          Class.forName(CLASS, true, null)
              .getDeclaredMethod("add", int.class, boolean.class, Runnable.class);
      add.setAccessible(true);
      add.invoke(null, LAST_SLOT, true, new CloseAtExit(core, log));
    } catch (InvocationTargetException tooLateOrTaken) {
      log.write(Level.DEBUG, "the JVM may end 0.3 s late: " + tooLateOrTaken.getCause());
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      log.write(Level.DEBUG, "the JVM may end 0.3 s late: " + unknownJdk);
    }
  }

  @Override
  public void run() {
    core.close();
    log.write(Level.DEBUG, "the JVM ends: connections are closed");
    log.flush(LAST_WORDS_NANOS);
  }
}
