package io.github.dotagent.dot;

import io.github.dotagent.net.SocketSetting;

/**
 * Makes the kernel acknowledge the server's segments at once.
 *
 * <p>A server with Nagle's algorithm, such as Unbound, holds its second answer back until the first
 * is acknowledged. Linux delays the acknowledgement by 40 ms if there is nothing to send. So A and
 * AAAA, asked together, take 44 ms. {@code TCP_QUICKACK} ends the delay, but the kernel may switch
 * it back (tcp(7)), so it is set again each time the connection has been read empty. Without such
 * an option, {@link ConnectionPool} sends A and AAAA on two connections. For one thread.
 */
final class QuickAck {
  private final SocketSetting setting;
  private final BufferedSocket socket;
  private boolean works;

  /**
   * @param setting null where there is none
   */
  QuickAck(SocketSetting setting, BufferedSocket socket) {
    this.setting = setting;
    this.socket = socket;
    this.works = setting != null;
  }

  /** Call it when all octets that came have been read. */
  void again() {
    if (!works) {
      return;
    }
    try {
      socket.set(setting);
    } catch (ReflectiveOperationException | RuntimeException notOnThisKernel) {
      works = false;
    }
  }
}
