package io.github.dotagent.forward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** One query that goes to the library's own server over TCP, and its response. */
final class ClearStream implements ForwardLoop.Ready {
  /** To connect, to send and to wait, as long as ClearDatagram waits twice. */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SocketChannel channel;
  private final StreamAsker asker;
  private final ByteBuffer query;
  private final FrameReader reader = new FrameReader();
  private final long deadline;

  private ClearStream(SocketChannel channel, StreamAsker asker, byte[] query, long deadline) {
    this.channel = channel;
    this.asker = asker;
    this.query = FrameReader.framed(query);
    this.deadline = deadline;
  }

  static void send(byte[] query, InetSocketAddress server, StreamAsker asker, ForwardLoop loop)
      throws IOException {
    if (loop.isFull()) {
      throw new IOException("too many at once");
    }
    SocketChannel channel = SocketChannel.open();
    boolean begun = false;
    try {
      channel.configureBlocking(false);
      channel.connect(server);
      loop.register(
          channel,
          SelectionKey.OP_CONNECT,
          new ClearStream(channel, asker, query, loop.nanoTime() + WAIT_NANOS));
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
    } catch (IOException failed) {
      asker.nobodyAnswers();
      throw failed;
    }
  }

  private void move(SelectionKey key) throws IOException {
    if (!channel.finishConnect()) {
      return;
    }
    if (query.hasRemaining()) {
      channel.write(query);
      key.interestOps(query.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      return;
    }
    byte[] response = reader.read(channel);
    if (response != null) {
      channel.close();
      asker.answer(response);
    }
  }

  @Override
  public boolean isOver(long nowNanos) {
    boolean over = nowNanos - deadline > 0;
    if (over) {
      asker.nobodyAnswers();
    }
    return over;
  }
}
