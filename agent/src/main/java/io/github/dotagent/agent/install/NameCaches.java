package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.JvmNameCache;

/**
 * Both caches that a lookup goes through, the agent's and the JVM's in front of it. Safe for use by
 * any number of threads.
 */
public final class NameCaches {
  private static volatile DotCore core; // null until the agent has started

  private NameCaches() {}

  static void serve(DotCore started) {
    core = started;
  }

  /**
   * Forgets every name: a lookup that begins after this returns asks for it again.
   *
   * @throws ReflectiveOperationException if this JDK keeps its names in an unknown way
   * @throws IllegalStateException when the agent has not started yet
   */
  public static void flush() throws ReflectiveOperationException {
    started().flush();
    // after the agent's cache, which could otherwise refill the JVM's in between
    JvmNameCache.flush();
  }

  /**
   * Forgets one name.
   *
   * @param name in any case, with or without the dot at its end
   * @throws ReflectiveOperationException if this JDK keeps its names in an unknown way
   * @throws IllegalStateException when the agent has not started yet
   */
  public static void flush(String name) throws ReflectiveOperationException {
    started().flush(name);
    JvmNameCache.forget(name);
  }

  private static DotCore started() {
    DotCore found = core;
    if (found == null) {
      throw new IllegalStateException("dot-agent has not started yet");
    }
    return found;
  }
}
