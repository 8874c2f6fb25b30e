package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.net.JavaRelease;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import sun.tools.attach.LinuxVirtualMachine;

/**
 * A connection to the attach listener of a JVM. It uses the native part of Java 8's Attach API,
 * because Java itself has Unix sockets only from 16 on. For one thread.
 */
final class JvmSocket implements Closeable {
  private static final int BUFFER = 8192; // what the JDK's own copying loops use

  /** All system properties have some 10 KB, and those of a program with a long class path 1 MB. */
  private static final int MOST_OCTETS = 16 << 20;

  private final int descriptor;

  private JvmSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Whether this Java has the native half. */
  static boolean isPossible() {
    if (!"Linux".equals(System.getProperty("os.name")) || JavaRelease.current() != 8) {
      return false;
    }
    try {
      Class.forName(LinuxVirtualMachine.class.getName(), true, JvmSocket.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError noLibrary) {
      return false;
    }
  }

  /** Wakes a JVM's listener; ends a process that is not a JVM. */
  static void wake(long pid) throws IOException {
    LinuxVirtualMachine.sendQuitTo((int) pid);
  }

  /**
   * Connects to the listener on that path.
   *
   * @throws IOException when it is not this user's, or has no listener
   */
  static JvmSocket to(String path) throws IOException {
    LinuxVirtualMachine.checkPermissions(path);
    JvmSocket socket = new JvmSocket(LinuxVirtualMachine.socket());
    try {
      LinuxVirtualMachine.connect(socket.descriptor, path);
      return socket;
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  void write(byte[] octets) throws IOException {
    LinuxVirtualMachine.write(descriptor, octets, 0, octets.length);
  }

  /** All that comes until the other side closes; has no timeout. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = read(buffer); read > 0; read = read(buffer)) {
      all.write(buffer, 0, read);
      if (all.size() > MOST_OCTETS) {
        throw new IOException("it answers with more than " + (MOST_OCTETS >> 20) + " MB");
      }
    }
    return all.toByteArray();
  }

  private int read(byte[] buffer) throws IOException {
    return LinuxVirtualMachine.read(descriptor, buffer, 0, buffer.length);
  }

  @Override
  public void close() throws IOException {
    LinuxVirtualMachine.close(descriptor);
  }
}
