package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Makes the isolated loader read the classes that it may still need into memory: then the jar may
 * change or disappear while the program runs.
 */
final class JarRelease implements Runnable {
  /** By then the start and the warm-up are over: most classes are loaded and need no copy. */
  private static final long AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DotCore core;
  private final Log log;

  JarRelease(DotCore core, Log log) {
    this.core = core;
    this.log = log;
  }

  /** Returns at once; a shorter program does without it. */
  void begin() {
    core.timers()
        .after(
            AFTER_NANOS,
            new Runnable() {
              @Override
              public void run() {
                core.threads().start("jar", JarRelease.this);
              }
            });
  }

  @Override
  public void run() {
    ClassLoader loader = JarRelease.class.getClassLoader();
    if (!(loader instanceof Callable)) {
      return; // not from the jar: in a test
    }
    try {
      Object octets = ((Callable<?>) loader).call();
      log.write(Level.DEBUG, "the jar is no longer read: " + octets + " octets are in memory");
    } catch (Exception changed) {
      log.write(
          Level.WARN,
          "the agent's jar was changed while the JVM started ("
              + changed
              + "): lookups may fail; restart the JVM, and replace the jar by mv, not by cp");
    }
  }
}
