package io.github.dotagent.dot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;

/**
 * Makes the kernel acknowledge at once what the server sent.
 *
 * <p>A server that keeps Nagle's algorithm on, as Unbound does, holds its second answer back until
 * the first is acknowledged, and Linux delays that by 40 ms when nothing is to be sent: A and AAAA,
 * asked together, then take 44 ms. {@code TCP_QUICKACK} ends the delay until the kernel thinks
 * better of it (tcp(7)), so it is set again each time the connection has been read empty.
 *
 * <p>By reflection: {@code jdk.net.ExtendedSocketOptions} has it since Java 10, on Linux. Elsewhere
 * this does nothing, and on Java 10 and 11 neither: their native code sets {@code SO_PRIORITY} in
 * its stead, as strace shows. For one thread.
 */
final class QuickAck {
  /** The first release of Java whose option does what it says; tried on 11 and on 17. */
  private static final int FIRST_RIGHT = 12;

  private static final Object OPTION = option();
  private static final Method SET = OPTION == null ? null : setter();

  private final Socket socket;
  private boolean works = SET != null;

  QuickAck(Socket socket) {
    this.socket = socket;
  }

  /** Whether this JVM and kernel have it; known after the first {@link #again}. */
  boolean works() {
    return works;
  }

  /** To be called when everything that had come is read. */
  void again() {
    if (!works) {
      return;
    }
    try {
      SET.invoke(socket, OPTION, true);
    } catch (InvocationTargetException | IllegalAccessException notOnThisKernel) {
      works = false; // or the socket is closed: then there is nothing to acknowledge
    }
  }

  private static Object option() {
    String version = System.getProperty("java.specification.version");
    if (version.startsWith("1.") || Integer.parseInt(version) < FIRST_RIGHT) {
      return null;
    }
    try {
      return Class.forName("jdk.net.ExtendedSocketOptions", true, QuickAck.class.getClassLoader())
          .getField("TCP_QUICKACK")
          .get(null);
    } catch (ReflectiveOperationException | LinkageError olderJava) {
      return null;
    }
  }

  private static Method setter() {
    try {
      return Socket.class.getMethod(
          "setOption",
          Class.forName("java.net.SocketOption", true, QuickAck.class.getClassLoader()),
          Object.class);
    } catch (ReflectiveOperationException olderJava) {
      return null;
    }
  }
}
