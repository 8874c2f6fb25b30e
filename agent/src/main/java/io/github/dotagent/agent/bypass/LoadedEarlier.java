package io.github.dotagent.agent.bypass;

import java.io.Closeable;

/**
 * Whether the program's first statement could use a class that is not patched, because it was
 * loaded before the agent: by another agent, or from a cache made ahead of time (JEP 483).
 */
final class LoadedEarlier {
  private LoadedEarlier() {}

  /**
   * Whether one of them is a UDP class or a class of a DNS library. TCP classes alone do not count:
   * every JVM has loaded some.
   */
  static boolean any(Class<?>[] loaded) {
    ClassLoader ours = LoadedEarlier.class.getClassLoader();
    for (Class<?> one : loaded) {
      ClassLoader loader = one.getClassLoader();
      // most classes are excluded without their name: making a thousand names takes milliseconds
      boolean mayBe = loader == null ? Closeable.class.isAssignableFrom(one) : loader != ours;
      if (mayBe && shows(one.getName().replace('.', '/'), loader == null)) {
        return true;
      }
    }
    return false;
  }

  private static boolean shows(String name, boolean ofJdk) {
    return ofJdk
        ? SocketClasses.isDatagrams(name)
        : LibraryClasses.isPatched(name) || LibraryClasses.isResolver(name);
  }
}
