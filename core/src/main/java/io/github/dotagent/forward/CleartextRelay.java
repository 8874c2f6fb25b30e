package io.github.dotagent.forward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One end of a stream to port 53 that is not DNS. It writes its input to the other end, unchanged,
 * as fast as the other end accepts it. On the loop's thread.
 */
final class CleartextRelay implements ForwardLoop.Ready {
  /** For the connect: the same time as in CleartextStream. */
  private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SocketChannel channel;
  private final ForwardLoop loop;
  private final long deadline; // for the connect
  private SelectionKey key;
  private CleartextRelay other;
  private ByteBuffer unwritten = ByteBuffer.allocate(0);
  private boolean connected;
  private boolean ended; // the peer has closed its side
  private boolean endsOut; // this side closes when all is written
  private boolean endedOut; // this side is closed

  private CleartextRelay(SocketChannel channel, ForwardLoop loop) {
    this.channel = channel;
    this.loop = loop;
    this.deadline = loop.nanoTime() + CONNECT_NANOS;
  }

  /**
   * Takes a client over from its previous handler.
   *
   * @param begun the octets that were already read from the client
   * @throws IOException if no connection to the server can begin; the client keeps its handler
   */
  static void begin(SelectionKey ofClient, byte[] begun, InetSocketAddress server, ForwardLoop loop)
      throws IOException {
    if (loop.isFull()) {
      throw new IOException("too many connections at once");
    }
    SocketChannel channel = loop.network().openSocketChannel();
    boolean registered = false;
    try {
      channel.configureBlocking(false);
      boolean atOnce = channel.connect(server);
      CleartextRelay there = new CleartextRelay(channel, loop);
      CleartextRelay here = new CleartextRelay((SocketChannel) ofClient.channel(), loop);
      there.other = here;
      here.other = there;
      there.unwritten = ByteBuffer.wrap(begun);
      there.key =
          loop.register(channel, atOnce ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, there);
      here.key = ofClient;
      here.connected = true;
      ofClient.interestOps(0);
      ofClient.attach(here);
      registered = true;
    } finally {
      if (!registered) {
        channel.close();
      }
    }
  }

  @Override
  public void ready(SelectionKey at) throws IOException {
    boolean wentOn = false;
    try {
      if (connected || channel.finishConnect()) {
        connected = true;
        write();
        read();
        interest();
        other.interest();
      }
      wentOn = true;
    } finally {
      if (!wentOn) {
        other.channel.close(); // the loop closes this one
      }
    }
  }

  private void read() throws IOException {
    if (ended || other.isBehind()) {
      return;
    }
    ByteBuffer buffer = loop.buffer();
    int length = channel.read(buffer);
    if (length < 0) {
      ended = true;
      other.endsOut = true;
    } else {
      buffer.flip();
      byte[] octets = new byte[length];
      buffer.get(octets);
      other.unwritten = ByteBuffer.wrap(octets);
    }
    other.write();
  }

  private boolean isBehind() {
    return !connected || unwritten.hasRemaining();
  }

  private void write() throws IOException {
    if (unwritten.hasRemaining()) { // even an empty write throws if this side is closed
      channel.write(unwritten);
    }
    if (endsOut && !endedOut && !unwritten.hasRemaining()) {
      endedOut = true;
      channel.shutdownOutput();
      if (other.endedOut) {
        channel.close();
        other.channel.close();
      }
    }
  }

  private void interest() {
    if (connected && key.isValid()) {
      int reading = ended || other.isBehind() ? 0 : SelectionKey.OP_READ;
      key.interestOps(reading | (unwritten.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    }
  }

  @Override
  public boolean owes() {
    return false;
  }

  @Override
  public boolean isOver(long nowNanos) {
    return !other.channel.isOpen() || !connected && nowNanos - deadline > 0;
  }
}
