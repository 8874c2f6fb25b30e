package io.github.dotagent.agent.hook;

import io.github.dotagent.net.JavaRelease;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens packages of {@code java.base} only to the agent's isolated classes: on Java 9 and newer
 * reflection into them is refused otherwise, and {@code --add-opens} would open them to the
 * application as well. By reflection, because the calls are younger than Java 8; the hook of Java
 * 18 makes them directly.
 */
public final class JdkInternals {
  /** The packages to open; the JVM refuses a package that java.base does not have. */
  public static final List<String> PACKAGES =
      Collections.unmodifiableList(
          Arrays.asList(
              "java.net", // InetAddress
              "sun.net", // InetAddressCachePolicy
              "sun.nio.ch", // Net, for NativeQuickAck
              "sun.security.jca", // Providers, for JdkProviders
              "java.lang", // Shutdown
              "jdk.internal.event")); // EventHelper, there from Java 11 on

  /**
   * From this release on, the first call of a {@code Method} makes a method handle from many parts
   * (JEP 416), most of which must be generated. For {@code Shutdown.add} that is a tenth of a
   * second of the start; an exact call of a method handle takes some milliseconds.
   */
  private static final int FIRST_WITH_SLOW_METHODS = 18;

  private JdkInternals() {}

  /** Whether to call a method of the JDK by an exact method handle, because that is faster. */
  public static boolean methodsAreSlow() {
    return JavaRelease.current() >= FIRST_WITH_SLOW_METHODS;
  }

  /**
   * Has no effect on Java 8, where nothing is closed.
   *
   * @throws ReflectiveOperationException when the JVM refuses
   */
  public static void openTo(Class<?> user, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    open(InetAddress.class, PACKAGES, user, instrumentation);
  }

  /**
   * Opens the package of a JDK class to the agent's isolated classes. Has no effect on Java 8.
   *
   * @throws ReflectiveOperationException when the JVM refuses
   */
  public static void openPackageOf(Class<?> jdks, Class<?> user, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    List<String> its = Collections.singletonList(jdks.getPackage().getName());
    open(jdks, its, user, instrumentation);
  }

  private static void open(
      Class<?> ofModule, List<String> packages, Class<?> user, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    Class<?> moduleClass;
    try {
      moduleClass = Class.forName("java.lang.Module", false, null);
    } catch (ClassNotFoundException java8) {
      return;
    }
    Object module = Class.class.getMethod("getModule").invoke(ofModule);
    Object ours = Class.class.getMethod("getModule").invoke(user);
    Set<?> there = (Set<?>) moduleClass.getMethod("getPackages").invoke(module);
    Map<String, Set<Object>> opens = new HashMap<>();
    for (String name : packages) {
      if (there.contains(name)) {
        opens.put(name, Collections.singleton(ours));
      }
    }
    Instrumentation.class
        .getMethod(
            "redefineModule", moduleClass, Set.class, Map.class, Map.class, Set.class, Map.class)
        .invoke(
            instrumentation,
            module,
            Collections.emptySet(),
            Collections.emptyMap(),
            opens,
            Collections.emptySet(),
            Collections.emptyMap());
  }

  /** The value of a static field of InetAddress; {@link #openTo} must have been called. */
  public static Object staticOfInetAddress(String field) throws ReflectiveOperationException {
    return staticOf(InetAddress.class, field);
  }

  /** The value of a static field; {@link #openTo} must have been called. */
  public static Object staticOf(Class<?> owner, String field) throws ReflectiveOperationException {
    return accessible(owner, field).get(null);
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
