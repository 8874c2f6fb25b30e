package io.github.dotagent.agent.hook;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.security.ProtectionDomain;

/**
 * A class of ours that patched classes of the JDK call: defined beside {@code InetAddress}, in the
 * bootstrap loader, where they can see it.
 */
public final class BootstrapClass {
  private BootstrapClass() {}

  /**
   * Defines it. {@code java.net} must be open to the agent's classes.
   *
   * @param name of package java.net
   */
  public static Class<?> define(String name) throws ReflectiveOperationException, IOException {
    return define(name, classFile(name.replace('.', '/') + ".class"));
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
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        octets.write(octet);
      }
      return octets.toByteArray();
    }
  }

  private static Class<?> define(String name, byte[] classFile)
      throws ReflectiveOperationException {
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
