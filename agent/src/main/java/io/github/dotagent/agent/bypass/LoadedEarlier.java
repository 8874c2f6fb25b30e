package io.github.dotagent.agent.bypass;

import java.io.Closeable;
import java.net.SocketImpl;

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
    for (Class<?> one : loaded) {
      if (mayBePatched(one) && shows(one.getName().replace('.', '/'), isOfBootLoader(one))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the class may be one to patch. Excludes most classes with few instructions, because a
   * start looks at a thousand classes in interpreted code.
   */
  static boolean mayBePatched(Class<?> one) {
    if (!isOfBootLoader(one)) {
      return one.getClassLoader() != LoadedEarlier.class.getClassLoader();
    }
    return Closeable.class.isAssignableFrom(one)
        || SocketImpl.class.isAssignableFrom(one)
        || !isNamedAsJdk(one.getName()); // another agent may append a library to the boot path
  }

  private static boolean isOfBootLoader(Class<?> one) {
    return one.getClassLoader() == null;
  }

  private static boolean isNamedAsJdk(String name) {
    return name.startsWith("java.")
        || name.startsWith("jdk.")
        || name.startsWith("sun.")
        || name.startsWith("com.sun.");
  }

  private static boolean shows(String name, boolean ofBootLoader) {
    return ofBootLoader && SocketClasses.isDatagrams(name)
        || LibraryClasses.isPatched(name)
        || LibraryClasses.isResolver(name);
  }
}
