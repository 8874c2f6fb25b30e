package io.github.dotagent.agent.hook;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the JVM redefine classes, except while the JVM ends. A class is redefined at a safepoint;
 * on Java 26 and newer, the end of the JVM waits for running transformers in a state that blocks
 * safepoints ({@code JvmtiEventController::vm_death}). Safe for use by any number of threads.
 */
public final class Retransformer {
  /** The interval between two checks whether another thread is done. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * The most checks, of 1 ms each, or more on a busy machine. Redefining a few classes takes some
   * tens of milliseconds, or seconds on a starved machine. If the agent does not wait for it, the
   * end of the JVM takes a minute.
   */
  private static final int LOOKS = 5_000;

  private final Instrumentation instrumentation;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean ended;

  public Retransformer(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** The classes that the bootstrap loader has loaded. */
  public Class<?>[] ofBootstrapLoader() {
    return instrumentation.getInitiatedClasses(null);
  }

  /** The loaded classes of every loader. */
  public Class<?>[] all() {
    return instrumentation.getAllLoadedClasses();
  }

  /** Whether the JVM ends. */
  public boolean hasEnded() {
    return ended;
  }

  /**
   * Redefines the classes, with all transformers.
   *
   * @return false if the JVM ends: then they stay as they are
   * @throws UnmodifiableClassException when one cannot be changed
   */
  public boolean retransform(Class<?>... classes) throws UnmodifiableClassException {
    underWay.incrementAndGet();
    try {
      if (ended) {
        return false;
      }
      retransform(instrumentation, classes);
      return true;
    } finally {
      underWay.decrementAndGet();
    }
  }

  /**
   * Links the classes and redefines them, also while the JVM ends. For the start and for a detach.
   *
   * <p>A class that another thread links at this moment has a part of its bytecodes rewritten. The
   * JVM would show these bytecodes to transformers in a class file, and crash on the result
   * (JvmtiClassFileReconstituter, Rewriter; seen on 17).
   *
   * @throws UnmodifiableClassException when one cannot be changed
   */
  public static void retransform(Instrumentation instrumentation, Class<?>... classes)
      throws UnmodifiableClassException {
    link(classes);
    instrumentation.retransformClasses(classes);
  }

  /**
   * Links the class: asking for its constructors does that, and waits for another thread that links
   * it.
   */
  @SuppressWarnings("ReturnValueIgnored") // the call itself links the class
  private static void link(Class<?>... classes) {
    for (Class<?> each : classes) {
      try {
        each.getDeclaredConstructors();
      } catch (RuntimeException | LinkageError cannotBeLinked) {
        // also the program's loader may fail; the next step reports it, or works without it
      }
    }
  }

  /** From now on no class is redefined. Waits for redefinitions in progress. */
  public void end() {
    ended = true;
    for (int i = 0; i < LOOKS && underWay.get() > 0; i++) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
