package io.github.dotagent.support;

import java.net.Socket;

/** Something to be set on a socket. Safe for use by any number of threads. */
public interface SocketSetting {
  /**
   * @throws ReflectiveOperationException when it can't be set; also when the socket is closed
   */
  void on(Socket socket) throws ReflectiveOperationException;
}
