package io.github.dotagent.forward;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Those who come to a stand-in over TCP. */
final class StreamAskers implements ForwardLoop.Ready {
  private final ServerSocketChannel channel;
  private final ForwardLoop loop;
  private final Forwarding forwarding;

  StreamAskers(ServerSocketChannel channel, ForwardLoop loop, Forwarding forwarding) {
    this.channel = channel;
    this.loop = loop;
    this.forwarding = forwarding;
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    for (SocketChannel one = channel.accept(); one != null; one = channel.accept()) {
      if (loop.isFull()) {
        one.close();
      } else {
        one.configureBlocking(false);
        StreamAsker asker = new StreamAsker(one, loop, forwarding);
        asker.registered(loop.register(one, SelectionKey.OP_READ, asker));
      }
    }
  }

  @Override
  public boolean isOver(long nowNanos) {
    return false;
  }
}
