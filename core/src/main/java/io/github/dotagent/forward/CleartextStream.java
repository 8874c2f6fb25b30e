package io.github.dotagent.forward;

import io.github.dotagent.wire.ForwardedQuery;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One query that goes to the library's own server over TCP, and its response; of a zone transfer as
 * many messages as the server sends (RFC 5936 §2.2). On the loop's thread.
 */
final class CleartextStream implements ForwardLoop.Ready {
  /** To connect, to send and to wait, as long as CleartextDatagram waits twice. */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SocketChannel channel;
  private final TcpClient asker;
  private final ByteBuffer query;
  private final ForwardLoop loop;
  private final boolean isTransfer;
  private final FrameReader reader = new FrameReader();
  private boolean asksNoMore; // the library has closed its side
  private boolean paused; // until the library has read what was sent
  private long deadline;

  private CleartextStream(SocketChannel channel, TcpClient asker, byte[] query, ForwardLoop loop) {
    this.channel = channel;
    this.asker = asker;
    this.query = FrameReader.framed(query);
    this.loop = loop;
    ForwardedQuery read = ForwardedQuery.of(query).orElse(null);
    this.isTransfer = read != null && read.isTransfer();
    waitOn();
  }

  private void waitOn() {
    deadline = loop.nanoTime() + WAIT_NANOS;
  }

  static void send(byte[] query, InetSocketAddress server, TcpClient asker, ForwardLoop loop)
      throws IOException {
    if (loop.isFull()) {
      throw new IOException("too many at once");
    }
    SocketChannel channel = SocketChannel.open();
    boolean begun = false;
    try {
      channel.configureBlocking(false);
      // at once, with some systems, on loopback: then it is no longer to be waited for
      int first = channel.connect(server) ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
      CleartextStream stream = new CleartextStream(channel, asker, query, loop);
      loop.register(channel, first, stream);
      if (stream.isTransfer) {
        asker.begins(stream);
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
      asker.ended(this);
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
    if (isTransfer && asker.isBehind()) {
      pause(key);
      return;
    }
    byte[] response = reader.read(channel);
    if (response == null) {
      return;
    }
    waitOn();
    if (isTransfer) {
      asker.give(response);
    } else {
      channel.close();
      asker.answer(response);
    }
  }

  /**
   * The library asks no more on this connection: the server hears so too, for else it would wait
   * for another query, and the library for the end.
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
      // there may be something to be read from it all the same
    }
  }

  private void pause(final SelectionKey key) {
    paused = true;
    key.interestOps(0);
    asker.onceRead(
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
  public boolean isOver(long nowNanos) {
    if (asker.isGone()) {
      return true;
    }
    boolean over = !paused && nowNanos - deadline > 0;
    if (over) {
      asker.ended(this);
    }
    return over;
  }
}
