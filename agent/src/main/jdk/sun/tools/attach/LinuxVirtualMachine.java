package sun.tools.attach;

import java.io.IOException;

/**
 * The native half of the Attach API on Java 8, for Linux only. A JRE 8 has the library ({@code
 * libattach.so}), but not the Java classes for it, which are in a JDK's {@code tools.jar}. The
 * library finds its Java class by this name.
 */
public final class LinuxVirtualMachine {
  static {
    System.loadLibrary("attach");
  }

  private LinuxVirtualMachine() {}

  /** A Unix socket, as a file descriptor. */
  public static native int socket() throws IOException;

  /** Connects the socket to the JVM that listens on this path. */
  public static native void connect(int socket, String path) throws IOException;

  /** Writes all octets. */
  public static native void write(int socket, byte[] octets, int offset, int length)
      throws IOException;

  /** The number of octets that it has read; -1 at the end. */
  public static native int read(int socket, byte[] octets, int offset, int length)
      throws IOException;

  public static native void close(int socket) throws IOException;

  /** Sends SIGQUIT: it wakes the attach listener of a JVM, and ends any other process. */
  public static native void sendQuitTo(int pid) throws IOException;

  /**
   * @throws IOException if the file does not belong to this user, or others may write to it
   */
  public static native void checkPermissions(String path) throws IOException;
}
