package io.github.dotagent.forward;

import io.github.dotagent.wire.CleartextQuery;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;

/**
 * Sends one query to the library's own server over UDP and reads its response. Each query has a
 * socket of its own, so that its port is as hard to guess as the library's port (RFC 5452 §9.2).
 */
final class CleartextDatagram implements ForwardLoop.Ready {
  /** After this time every resolver has sent its query again (resolv.conf(5): 5 s). */
  static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final DatagramChannel channel;
  private final CleartextQuery query;
  private final LibraryClient asker;
  private final ForwardLoop loop;
  private final long deadline;

  private CleartextDatagram(
      DatagramChannel channel, CleartextQuery query, LibraryClient asker, ForwardLoop loop) {
    this.channel = channel;
    this.query = query;
    this.asker = asker;
    this.loop = loop;
    this.deadline = loop.nanoTime() + WAIT_NANOS;
  }

  static void send(byte[] query, InetSocketAddress server, LibraryClient asker, ForwardLoop loop)
      throws IOException {
    DatagramChannel channel = loop.network().openDatagramChannel();
    boolean sent = false;
    try {
      channel.configureBlocking(false);
      channel.connect(server);
      channel.write(ByteBuffer.wrap(query));
      CleartextDatagram asked =
          new CleartextDatagram(channel, CleartextQuery.of(query), asker, loop);
      loop.register(channel, SelectionKey.OP_READ, asked);
      sent = true;
    } finally {
      if (!sent) {
        channel.close();
      }
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    ByteBuffer buffer = loop.buffer();
    int length = channel.read(buffer);
    if (length <= 0) {
      return;
    }
    buffer.flip();
    byte[] response = new byte[buffer.remaining()];
    buffer.get(response);
    if (query.isAnsweredBy(response)) { // a forged response does not end the wait
      channel.close();
      asker.answer(response);
    }
  }

  @Override
  public boolean isOver(long nowNanos) {
    return nowNanos - deadline > 0;
  }

  @Override
  public boolean owes() {
    return true;
  }
}
