package io.github.dotagent.forward;

import io.github.dotagent.wire.CleartextQuery;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Sends one query to the library's own server over TCP and reads its response. A zone transfer has
 * a response of several messages (RFC 5936 §2.2). On the loop's thread.
 */
final class CleartextStream implements ForwardLoop.Ready {
  /** The connection of the library that asks. */
  interface Client {
    /** A zone transfer begins. */
    void begins(CleartextStream transfer);

    /**
     * The server has ended a zone transfer, or does not answer. The client first gets all other
     * responses that it waits for; then its connection is closed.
     */
    void ended(CleartextStream stream);

    /** Gives the response to the client. */
    void answer(byte[] response);

    /** Gives one message of a zone transfer to the client; more may follow. */
    void give(byte[] message);

    /** Whether the client still has many messages to read. */
    boolean isBehind();

    /** Runs an action when the client has read everything. */
    void onceRead(Runnable task);

    /** Whether the client's connection is closed. */
    boolean isGone();
  }

  /** For connect, send and wait together: twice the wait of CleartextDatagram. */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SocketChannel channel;
  private final Client client;
  private final ByteBuffer query;
  private final CleartextQuery asked;
  private final ForwardLoop loop;
  private final FrameReader reader = new FrameReader();
  private boolean asksNoMore; // the library has closed its side
  private boolean paused; // until the library has read all messages that it was sent
  private long deadline;

  private CleartextStream(SocketChannel channel, Client client, byte[] query, ForwardLoop loop) {
    this.channel = channel;
    this.client = client;
    this.query = FrameReader.framed(query);
    this.asked = CleartextQuery.of(query);
    this.loop = loop;
    waitOn();
  }

  private void waitOn() {
    deadline = loop.nanoTime() + WAIT_NANOS;
  }

  static void send(byte[] query, InetSocketAddress server, Client client, ForwardLoop loop)
      throws IOException {
    if (loop.isFull()) {
      throw new IOException("too many connections at once");
    }
    SocketChannel channel = loop.network().openSocketChannel();
    boolean begun = false;
    try {
      channel.configureBlocking(false);
      // on loopback, some systems connect at once; then only the write is left
      int first = channel.connect(server) ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
      CleartextStream stream = new CleartextStream(channel, client, query, loop);
      loop.register(channel, first, stream);
      if (stream.asked.isTransfer()) {
        client.begins(stream);
      }
      begun = true;
    } finally {
      if (!begun) {
        channel.close();
      }
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    try {
      move(key);
    } catch (IOException | RuntimeException | Error failed) {
      client.ended(this);
      throw failed;
    }
  }

  private void move(final SelectionKey key) throws IOException {
    if (!channel.finishConnect()) {
      return;
    }
    if (query.hasRemaining()) {
      channel.write(query);
      key.interestOps(query.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      sayNoMore();
      return;
    }
    if (asked.isTransfer() && client.isBehind()) {
      pause(key);
      return;
    }
    byte[] response = reader.read(channel);
    if (response == null || !asked.isAnsweredBy(response)) {
      return;
    }
    waitOn();
    if (asked.isTransfer()) {
      client.give(response);
    } else {
      channel.close();
      client.answer(response);
    }
  }

  /**
   * The library sends no more queries on its connection. This side is closed towards the server
   * too: otherwise the server would wait for the next query, and the library for the server's end.
   */
  void asksNoMore() {
    asksNoMore = true;
    sayNoMore();
  }

  private void sayNoMore() {
    if (!asksNoMore || query.hasRemaining()) {
      return;
    }
    try {
      channel.shutdownOutput();
    } catch (IOException gone) {
      // the server may still have sent a response
    }
  }

  private void pause(final SelectionKey key) {
    paused = true;
    key.interestOps(0);
    client.onceRead(
        new Runnable() {
          @Override
          public void run() {
            paused = false;
            waitOn();
            if (key.isValid()) {
              key.interestOps(SelectionKey.OP_READ);
            }
          }
        });
  }

  @Override
  public boolean owes() {
    return false; // the client says so itself while it waits
  }

  @Override
  public boolean isOver(long nowNanos) {
    if (client.isGone()) {
      return true;
    }
    boolean over = !paused && nowNanos - deadline > 0;
    if (over) {
      client.ended(this);
    }
    return over;
  }
}
