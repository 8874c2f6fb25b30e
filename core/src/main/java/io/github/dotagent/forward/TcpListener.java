package io.github.dotagent.forward;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Those who come to a stand-in over TCP. */
final class TcpListener implements ForwardLoop.Ready {
  private final ServerSocketChannel channel;
  private final ForwardLoop loop;
  private final Forwarding forwarding;
  private SelectionKey paused; // null: it is not

  TcpListener(ServerSocketChannel channel, ForwardLoop loop, Forwarding forwarding) {
    this.channel = channel;
    this.loop = loop;
    this.forwarding = forwarding;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      acceptAll();
    } catch (IOException | RuntimeException | Error failure) {
      loop.failed(failure); // "Too many open files", mostly the program's: it may close some
      key.interestOps(0); // else the loop would try again at once, and again
      paused = key;
    }
  }

  private void acceptAll() throws IOException {
    for (SocketChannel one = channel.accept(); one != null; one = channel.accept()) {
      boolean begun = false;
      try {
        begun = begin(one);
      } finally {
        if (!begun) {
          one.close();
        }
      }
    }
  }

  private boolean begin(SocketChannel one) throws IOException {
    if (loop.isFull()) {
      return false;
    }
    one.configureBlocking(false);
    TcpClient asker = new TcpClient(one, loop, forwarding);
    asker.registered(loop.register(one, SelectionKey.OP_READ, asker));
    return true;
  }

  /** Never; and what was paused goes on with the next look. */
  @Override
  public boolean isOver(long nowNanos) {
    if (paused != null) {
      paused.interestOps(SelectionKey.OP_ACCEPT);
      paused = null;
    }
    return false;
  }
}
