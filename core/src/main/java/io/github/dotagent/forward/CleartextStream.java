package io.github.dotagent.forward;

import io.github.dotagent.wire.CleartextQuery;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One query that goes to the library's own server over TCP, and its response; for a zone transfer,
 * all messages that the server sends (RFC 5936 §2.2). On the loop's thread.
 */
final class CleartextStream implements ForwardLoop.Ready {
  /** The connection of the library that asks. */
  interface Client {
    /** A zone transfer begins. */
    void begins(CleartextStream transfer);

    /**
     * The server has ended a zone transfer, or does not answer. The client learns that after
     * everything else that it is owed.
     */
    void ended(CleartextStream stream);

    /** Gives it the response. */
    void answer(byte[] response);

    /** One message of a zone transfer, of which there may be more. */
    void give(byte[] message);

    /** Whether it still has much to read. */
    boolean isBehind();

    /** Runs an action when it has read everything. */
    void onceRead(Runnable task);

    /** Whether it is closed. */
    boolean isGone();
  }

  /** To connect, to send and to wait, as long as CleartextDatagram waits twice. */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SocketChannel channel;
  private final Client client;
  private final ByteBuffer query;
  private final CleartextQuery asked;
  private final ForwardLoop loop;
  private final FrameReader reader = new FrameReader();
  private boolean asksNoMore; // the library has closed its side
  private boolean paused; // until the library has read what was sent
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
      // some systems connect at once on loopback: nothing to wait for
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
   * The library asks nothing more on this connection. The server learns that too, because otherwise
   * it would wait for another query, and the library for the end.
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
      // there may still be something to read from it
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
    return false; // its client does, as long as it waits
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
