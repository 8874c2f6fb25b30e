package io.github.dotagent.it.programs;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;

/**
 * Reaches what the agent hides: its class loader is that of what it left in {@code java.net}. From
 * Java 9 on, {@code --add-opens java.base/java.net=ALL-UNNAMED} has to be given.
 */
final class AgentInside {
  private static final String ALL = "*";

  private AgentInside() {}

  static void flush(String name) throws IOException {
    try {
      Class<?> caches = load("io.github.dotagent.agent.install.NameCaches");
      if (name.equals(ALL)) {
        caches.getMethod("flush").invoke(null);
      } else {
        caches.getMethod("flush", String.class).invoke(null, name);
      }
    } catch (ReflectiveOperationException changed) {
      throw new IOException(changed);
    }
  }

  /** A class of the agent's. */
  static Class<?> load(String name) throws ReflectiveOperationException {
    return hook().getClass().getClassLoader().loadClass(name);
  }

  private static Object hook() throws ReflectiveOperationException {
    Field field;
    try {
      field = InetAddress.class.getDeclaredField("resolver"); // Java 18 and newer
    } catch (NoSuchFieldException before18) {
      field = Class.forName("java.net.DotAgentBridge").getDeclaredField("lookups");
    }
    field.setAccessible(true);
    return field.get(null);
  }
}
