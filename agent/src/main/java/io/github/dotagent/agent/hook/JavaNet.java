package io.github.dotagent.agent.hook;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Opens the package {@code java.net} to the agent's isolated classes and to nobody else: from Java
 * 9 on reflection into it is refused without that, and {@code --add-opens} would open it to the
 * application as well. By reflection, for the calls are younger than Java 8.
 */
public final class JavaNet {
  private JavaNet() {}

  /**
   * Has no effect on Java 8, where nothing is closed.
   *
   * @throws ReflectiveOperationException when the JVM refuses
   */
  public static void openTo(Class<?> user, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    Class<?> moduleClass;
    try {
      moduleClass = Class.forName("java.lang.Module", false, null);
    } catch (ClassNotFoundException java8) {
      return;
    }
    Object javaBase = Class.class.getMethod("getModule").invoke(InetAddress.class);
    Object ours = Class.class.getMethod("getModule").invoke(user);
    Map<String, Set<Object>> opens =
        Collections.singletonMap("java.net", Collections.singleton(ours));
    Instrumentation.class
        .getMethod(
            "redefineModule", moduleClass, Set.class, Map.class, Map.class, Set.class, Map.class)
        .invoke(
            instrumentation,
            javaBase,
            Collections.emptySet(),
            Collections.emptyMap(),
            opens,
            Collections.emptySet(),
            Collections.emptyMap());
  }

  /** The value of a static field of InetAddress; {@link #openTo} must have been called. */
  public static Object staticOfInetAddress(String field) throws ReflectiveOperationException {
    Field declared = InetAddress.class.getDeclaredField(field);
    declared.setAccessible(true);
    return declared.get(null);
  }
}
