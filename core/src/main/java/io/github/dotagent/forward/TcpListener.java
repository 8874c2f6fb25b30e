package io.github.dotagent.forward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** The TCP clients of a stand-in. */
final class TcpListener implements ForwardLoop.Ready {
  /** The most new clients whose owners are looked up together. */
  private static final int AT_ONCE = 64;

  private final ServerSocketChannel channel;
  private final ForwardLoop loop;
  private final QueryHandler handler;
  private final PeerCheck check;
  private SelectionKey paused; // null: not paused

  TcpListener(
      ServerSocketChannel channel, ForwardLoop loop, QueryHandler handler, PeerCheck check) {
    this.channel = channel;
    this.loop = loop;
    this.handler = handler;
    this.check = check;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      acceptAll();
    } catch (IOException | RuntimeException | Error failure) {
      loop.failed(failure); // "Too many open files": the program may close some later
      key.interestOps(0); // otherwise the loop would spin
      paused = key;
    }
  }

  private void acceptAll() throws IOException {
    Deque<SocketChannel> came = new ArrayDeque<>();
    try {
      for (SocketChannel one = channel.accept(); one != null; one = channel.accept()) {
        came.add(one);
        if (came.size() == AT_ONCE) {
          beginAll(came);
        }
      }
    } finally {
      beginAll(came);
    }
  }

  /** Leaves no accepted connection open and unserved. */
  private void beginAll(Deque<SocketChannel> came) throws IOException {
    check.othersCame();
    try {
      while (!came.isEmpty()) {
        if (begin(came.peek())) {
          came.remove();
        } else {
          came.remove().close();
        }
      }
    } finally {
      while (!came.isEmpty()) {
        came.remove().close();
      }
    }
  }

  private boolean begin(SocketChannel one) throws IOException {
    InetSocketAddress peer = (InetSocketAddress) one.getRemoteAddress();
    if (!handler.isServed(check.ownerOf(peer)) || loop.isFull()) {
      return false;
    }
    one.configureBlocking(false);
    TcpClient asker = new TcpClient(one, loop, handler);
    asker.registered(loop.register(one, SelectionKey.OP_READ, asker));
    return true;
  }

  @Override
  public boolean owes() {
    return false;
  }

  /** Never over. A paused listener continues with the next sweep. */
  @Override
  public boolean isOver(long nowNanos) {
    if (paused != null) {
      paused.interestOps(SelectionKey.OP_ACCEPT);
      paused = null;
    }
    return false;
  }
}
