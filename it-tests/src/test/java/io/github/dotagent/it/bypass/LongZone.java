package io.github.dotagent.it.bypass;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of one zone, whose transfer takes many messages; then it closes the connection. */
final class LongZone implements AutoCloseable {
  /** Of them and their length: more than the buffers of two connections hold. */
  private static final int MESSAGES = 1_500;

  private static final int LENGTH = 16_000; // a usual length of such messages

  private static final byte RESPONSE = (byte) 0x84; // QR and AA, RFC 1035 §4.1.1

  private final ServerSocket socket;
  private final boolean waits;

  private LongZone(ServerSocket socket, boolean waits) {
    this.socket = socket;
    this.waits = waits;
  }

  /**
   * @param address literal
   * @param waits with its answer, until the client has closed its side
   */
  static LongZone on(String address, boolean waits) {
    try {
      LongZone server =
          new LongZone(new ServerSocket(53, 1, InetAddress.getByName(address)), waits);
      Thread thread = new Thread(server::serve, "long-zone");
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  String address() {
    return socket.getInetAddress().getHostAddress();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        if (waits && in.read() >= 0) {
          throw new IOException("it goes on asking");
        }
        byte[] message = new byte[LENGTH];
        message[0] = query[0];
        message[1] = query[1];
        message[2] = RESPONSE;
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
        for (int i = 0; i < MESSAGES; i++) {
          out.writeShort(message.length);
          out.write(message);
        }
        out.flush();
      } catch (IOException closedOrGone) {
        // Closed: the loop ends. A client that is gone: the next one.
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}
