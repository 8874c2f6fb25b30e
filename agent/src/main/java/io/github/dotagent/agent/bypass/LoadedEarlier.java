package io.github.dotagent.agent.bypass;

import java.io.Closeable;

/**
 * Whether the program's first statement could use a class that is not patched, because it was
 * loaded before the agent: by another agent, or from a cache made ahead of time (JEP 483).
 */
final class LoadedEarlier {
  private LoadedEarlier() {}

  /**
   * Whether one of them sends DNS over UDP, or is of a library. Those of TCP do not count alone:
   * every JVM has loaded some of them.
   */
  static boolean any(Class<?>[] loaded) {
    ClassLoader ours = LoadedEarlier.class.getClassLoader();
    for (Class<?> one : loaded) {
      ClassLoader loader = one.getClassLoader();
      // most classes are told without a name: making a thousand names takes milliseconds
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
