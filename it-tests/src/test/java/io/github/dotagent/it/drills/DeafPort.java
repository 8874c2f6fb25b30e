package io.github.dotagent.it.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Port 853 of an address, which drops all that comes, as behind a firewall: the kernel drops a
 * connect to a listener whose queue is full.
 */
final class DeafPort implements AutoCloseable {
  private static final int PORT = 853;
  private static final int FILLING_MILLIS = 200; // on loopback a connect takes less than one
  private static final int MOST_FILLING = 16; // Linux rounds a backlog of 1 up, but not to that

  private final ServerSocket listener;
  private final List<Socket> queued = new ArrayList<>();

  private DeafPort(InetAddress address) throws IOException {
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(address, PORT), 1);
    while (queued.size() < MOST_FILLING && fill()) {
      // the kernel answers as long as there is room
    }
  }

  static DeafPort at(String literal) {
    try {
      return new DeafPort(InetAddress.getByName(literal));
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  private boolean fill() throws IOException {
    Socket socket = new Socket();
    queued.add(socket);
    try {
      socket.connect(listener.getLocalSocketAddress(), FILLING_MILLIS);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : queued) {
        socket.close();
      }
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}
