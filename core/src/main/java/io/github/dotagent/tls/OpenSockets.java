package io.github.dotagent.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The sockets in use, so that all can be closed at once. Safe for use by any number of threads. */
final class OpenSockets {
  private final Object lock = new Object();
  private final List<Socket> sockets = new ArrayList<>(); // guarded by lock; a few
  private boolean closed; // guarded by lock

  /** Adds it; closes it if the end has come. */
  void add(Socket socket) {
    synchronized (lock) {
      for (int i = sockets.size() - 1; i >= 0; i--) {
        if (sockets.get(i).isClosed()) {
          sockets.remove(i);
        }
      }
      sockets.add(socket);
      if (!closed) {
        return;
      }
    }
    close(socket);
  }

  /** Closes them all, and from now on every one that is added. */
  void closeAll() {
    List<Socket> all;
    synchronized (lock) {
      closed = true;
      all = new ArrayList<>(sockets);
    }
    for (Socket socket : all) {
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // nothing is left to be closed
    }
  }
}
