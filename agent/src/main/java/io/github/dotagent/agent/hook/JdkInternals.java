package io.github.dotagent.agent.hook;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens {@code java.net}, {@code sun.net} and {@code sun.nio.ch} to the agent's isolated classes
 * and to nobody else: from Java 9 on reflection into them is refused without that, and {@code
 * --add-opens} would open them to the application as well. By reflection, for the calls are younger
 * than Java 8; the hook of Java 18 makes them directly.
 */
public final class JdkInternals {
  private JdkInternals() {}

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
    Map<String, Set<Object>> opens = new HashMap<>();
    opens.put("java.net", Collections.singleton(ours));
    opens.put("sun.net", Collections.singleton(ours));
    opens.put("sun.nio.ch", Collections.singleton(ours)); // for NativeQuickAck
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
    return accessible(InetAddress.class, field).get(null);
  }

  /** Sets a static field, final ones excepted; {@link #openTo} must have been called. */
  public static void setStatic(Class<?> owner, String field, Object value)
      throws ReflectiveOperationException {
    accessible(owner, field).set(null, value);
  }

  private static Field accessible(Class<?> owner, String field) throws NoSuchFieldException {
    Field declared = owner.getDeclaredField(field);
    declared.setAccessible(true);
    return declared;
  }
}
