package io.github.dotagent.net;

import java.net.Socket;

/** Something to be set on a socket. Safe for use by any number of threads. */
public interface SocketSetting {
  /**
   * Sets it on an open socket, which nothing closes meanwhile.
   *
   * @throws ReflectiveOperationException if it cannot be set
   */
  void on(Socket socket) throws ReflectiveOperationException;
}
