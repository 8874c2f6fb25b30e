package io.github.dotagent.agent.hook;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.security.ProtectionDomain;

/**
 * A class of the agent that patched JDK classes call. It is defined beside {@code InetAddress}, in
 * the bootstrap loader, where they can see it.
 */
public final class BootstrapClass {
  private BootstrapClass() {}

  /**
   * Defines the class. {@code java.net} must be open to the agent's classes. If an earlier,
   * detached agent has left such a class, it gets this agent's methods.
   *
   * @param name of package java.net
   * @throws UnsupportedOperationException when an agent of another version has left one that this
   *     agent cannot use
   */
  public static Class<?> define(String name, Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException, UnmodifiableClassException {
    byte[] classFile = classFile(name.replace('.', '/') + ".class");
    try {
      return define(name, classFile);
    } catch (LinkageError | InvocationTargetException isPerhapsThere) {
      Class<?> left = left(name);
      if (left == null) {
        throw isPerhapsThere;
      }
      instrumentation.redefineClasses(new ClassDefinition(left, classFile));
      return left;
    }
  }

  /** Null when it is not there. */
  public static Class<?> left(String name) {
    try {
      return Class.forName(name, true, null);
    } catch (ClassNotFoundException notThere) {
      return null;
    }
  }

  /** Sets a static field of it. */
  public static void connect(Class<?> defined, String field, Object value)
      throws ReflectiveOperationException {
    JdkInternals.setStatic(defined, field, value);
  }

  private static byte[] classFile(String path) throws IOException {
    try (InputStream in = BootstrapClass.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("the jar lacks " + path);
      }
      return octets(in);
    }
  }

  /** All of it. */
  public static byte[] octets(InputStream in) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192]; // what the JDK's own copying loops use
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      octets.write(buffer, 0, length);
    }
    return octets.toByteArray();
  }

  private static Class<?> define(String name, byte[] classFile)
      throws ReflectiveOperationException {
    if (JdkInternals.methodsAreSlow()) {
      return defineByHandle(classFile);
    }
    Object privateLookup;
    try {
      privateLookup =
          MethodHandles.class
              .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
              .invoke(null, InetAddress.class, MethodHandles.lookup());
    } catch (NoSuchMethodException java8) {
      return defineOnJava8(name, classFile);
    }
    return (Class<?>)
        MethodHandles.Lookup.class
            .getMethod("defineClass", byte[].class)
            .invoke(privateLookup, classFile);
  }

  /** As below, without the time that {@code Method.invoke} takes from Java 18 on. */
  private static Class<?> defineByHandle(byte[] classFile) throws ReflectiveOperationException {
    MethodHandles.Lookup ours = MethodHandles.lookup();
    MethodHandle privateLookupIn =
        ours.findStatic(
            MethodHandles.class,
            "privateLookupIn",
            MethodType.methodType(
                MethodHandles.Lookup.class, Class.class, MethodHandles.Lookup.class));
    MethodHandle defineClass =
        ours.findVirtual(
            MethodHandles.Lookup.class,
            "defineClass",
            MethodType.methodType(Class.class, byte[].class));
    try {
      MethodHandles.Lookup its =
          (MethodHandles.Lookup) privateLookupIn.invokeExact((Class<?>) InetAddress.class, ours);
      return (Class<?>) defineClass.invokeExact(its, classFile);
    } catch (Throwable refused) {
      throw new InvocationTargetException(refused);
    }
  }

  /** ClassLoader.defineClass refuses java.*; Unsafe is what Java 8 has for it. */
  private static Class<?> defineOnJava8(String name, byte[] classFile)
      throws ReflectiveOperationException {
    Class<?> unsafeClass = Class.forName("sun.misc.Unsafe", true, null);
    Field theUnsafe = unsafeClass.getDeclaredField("theUnsafe");
    theUnsafe.setAccessible(true);
    return (Class<?>)
        unsafeClass
            .getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class)
            .invoke(theUnsafe.get(null), name, classFile, 0, classFile.length, null, null);
  }
}
