package io.github.dotagent.agent.hook.nameservice;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.net.InetAddress;
import java.security.ProtectionDomain;

/** Puts {@code java.net.DotAgentBridge} beside InetAddress, in the bootstrap loader. */
final class Bridge {
  private static final String CLASS_FILE = "java/net/DotAgentBridge.class";
  private static final String CLASS_NAME = "java.net.DotAgentBridge";

  private Bridge() {}

  /**
   * Defines the bridge and connects it. {@code java.net} must be open to this class.
   *
   * @param lookups called with the name service as proxy, no method, and the host or the address
   */
  static void connect(InvocationHandler lookups) throws ReflectiveOperationException, IOException {
    Field field = define(classFile()).getDeclaredField("lookups");
    field.setAccessible(true);
    field.set(null, lookups);
  }

  private static byte[] classFile() throws IOException {
    try (InputStream in = Bridge.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
      if (in == null) {
        throw new FileNotFoundException("the jar lacks " + CLASS_FILE);
      }
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        octets.write(octet);
      }
      return octets.toByteArray();
    }
  }

  private static Class<?> define(byte[] classFile) throws ReflectiveOperationException {
    Object privateLookup;
    try {
      privateLookup =
          MethodHandles.class
              .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
              .invoke(null, InetAddress.class, MethodHandles.lookup());
    } catch (NoSuchMethodException java8) {
      return defineOnJava8(classFile);
    }
    return (Class<?>)
        MethodHandles.Lookup.class
            .getMethod("defineClass", byte[].class)
            .invoke(privateLookup, classFile);
  }

  /** ClassLoader.defineClass refuses java.*; Unsafe is what Java 8 has for it. */
  private static Class<?> defineOnJava8(byte[] classFile) throws ReflectiveOperationException {
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
            .invoke(theUnsafe.get(null), CLASS_NAME, classFile, 0, classFile.length, null, null);
  }
}
