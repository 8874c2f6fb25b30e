package sun.tools.attach;

import java.io.IOException;

/**
 * The native half of the Attach API on Java 8. A JRE 8 has the library ({@code libattach.so}) and
 * not the classes in front of it, which are in a JDK's {@code tools.jar}; the library looks for its
 * caller by this name. On Linux alone.
 */
public final class LinuxVirtualMachine {
  static {
    System.loadLibrary("attach");
  }

  private LinuxVirtualMachine() {}

  /** A Unix socket, as a file descriptor. */
  public static native int socket() throws IOException;

  /** Connects it to the JVM that listens on that path. */
  public static native void connect(int socket, String path) throws IOException;

  /** Writes all of it. */
  public static native void write(int socket, byte[] octets, int offset, int length)
      throws IOException;

  /** How many octets it read; -1 at the end. */
  public static native int read(int socket, byte[] octets, int offset, int length)
      throws IOException;

  public static native void close(int socket) throws IOException;

  /** Sends SIGQUIT: it wakes the attach listener of a JVM, and ends any other process. */
  public static native void sendQuitTo(int pid) throws IOException;

  /**
   * @throws IOException when the file is not this user's, or others may write to it
   */
  public static native void checkPermissions(String path) throws IOException;
}
