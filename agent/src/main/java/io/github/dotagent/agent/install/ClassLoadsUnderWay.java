package io.github.dotagent.agent.install;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Waits at the end of the JVM until classes in a transformer are loaded. On Java 26 and newer the
 * JVM's death waits for such a load, in a state that no garbage collection can pass. If the load
 * waits for a collection, both wait for a minute ({@code JvmtiEventController::vm_death}). Only
 * loads that began before the transformers were removed count: later ones call no transformer.
 *
 * <p>It cannot see whether a load is in progress. It can only see that none is: a thread that
 * sleeps, is in a native method, or has moved on is past its load.
 */
final class ClassLoadsUnderWay {
  /** The JDK's frames around a transformer, on the stack of the thread that loads. */
  private static final String TRANSFORMING = "sun.instrument.";

  /**
   * Native methods of these load classes, or show them to transformers: {@code Class} and {@code
   * ClassLoader}, method handles, {@code InstrumentationImpl}. Others of java.lang wait for good,
   * as the JVM's own Reference Handler does.
   */
  private static final String[] LOADING = {"java.lang.Class", "java.lang.invoke.", TRANSFORMING};

  /** The threads that may be loading, and where they are. */
  interface Running {
    /** Without those that sleep: a transformer that makes a thread sleep keeps it for long. */
    Map<Thread, StackTraceElement[]> stacks();

    /** Lets them have the processor. */
    void letThemRun();
  }

  private final Running running;

  ClassLoadsUnderWay(Running running) {
    this.running = running;
  }

  /**
   * Returns as soon as each of them has moved on.
   *
   * @param looks the most looks
   * @return how many have not
   */
  int await(int looks) {
    Map<Thread, StackTraceElement[]> loading = new HashMap<>();
    for (Map.Entry<Thread, StackTraceElement[]> one : running.stacks().entrySet()) {
      if (mayLoad(one.getValue())) {
        loading.put(one.getKey(), one.getValue());
      }
    }
    for (int i = 0; i < looks && !loading.isEmpty(); i++) {
      running.letThemRun();
      removeThoseThatMovedOn(loading, running.stacks());
    }
    return loading.size();
  }

  private static void removeThoseThatMovedOn(
      Map<Thread, StackTraceElement[]> before, Map<Thread, StackTraceElement[]> now) {
    for (Iterator<Map.Entry<Thread, StackTraceElement[]>> all = before.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Thread, StackTraceElement[]> one = all.next();
      StackTraceElement[] stack = now.get(one.getKey());
      if (stack == null || !mayLoad(stack) || hasMovedOn(one.getValue(), stack)) {
        all.remove();
      }
    }
  }

  /** False in a native method that does not concern classes, such as a read. */
  static boolean mayLoad(StackTraceElement[] stack) {
    if (stack.length == 0) {
      return false;
    }
    if (!stack[0].isNativeMethod()) {
      return true;
    }
    for (String loading : LOADING) {
      if (stack[0].getClassName().startsWith(loading)) {
        return true;
      }
    }
    return false;
  }

  /** While one class is loaded, frames of transformers come and go; the frames below them stay. */
  static boolean hasMovedOn(StackTraceElement[] before, StackTraceElement[] now) {
    int from = belowTransformer(before);
    int to = belowTransformer(now);
    if (before.length - from != now.length - to) {
      return true;
    }
    while (from < before.length) {
      if (!before[from++].equals(now[to++])) {
        return true;
      }
    }
    return false;
  }

  /** The innermost frame of the code that needed the class. */
  private static int belowTransformer(StackTraceElement[] stack) {
    for (int i = stack.length - 1; i >= 0; i--) {
      if (isTransforming(stack[i])) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean isTransforming(StackTraceElement frame) {
    return frame.getClassName().startsWith(TRANSFORMING);
  }
}
