package io.github.dotagent.forward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The UDP clients of a stand-in. */
final class UdpListener implements ForwardLoop.Ready {
  /** The most queries handled in one turn, so that a flood does not block the other channels. */
  private static final int AT_ONCE = 64;

  /**
   * After this many handled queries, new ones are read: the kernel keeps some 550 of them (see
   * LoopbackProxy), and on a cold JVM 20 can arrive while one is handled.
   */
  private static final int BETWEEN_READS = 4;

  /** The most queries in flight; in a flood, further ones are dropped, as on a network. */
  private static final int MOST_READ = 2_000;

  private final DatagramChannel channel;
  private final ForwardLoop loop;
  private final QueryHandler handler;
  private final PeerCheck check;
  private final Deque<Came> read = new ArrayDeque<>();
  private boolean goingOn; // a task handles the rest

  UdpListener(DatagramChannel channel, ForwardLoop loop, QueryHandler handler, PeerCheck check) {
    this.channel = channel;
    this.loop = loop;
    this.handler = handler;
    this.check = check;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      serve(key);
    } catch (RuntimeException | Error failure) {
      loop.failed(failure); // the channel stays open for later queries
    }
  }

  private void serve(SelectionKey key) {
    for (int i = 0; i < AT_ONCE; i++) {
      if (i % BETWEEN_READS == 0) {
        readAll();
      }
      Came next = read.poll();
      if (next == null) {
        return;
      }
      handle(next);
    }
    goOn(key);
  }

  /** Handles the rest after the other channels had their turn. */
  private void goOn(final SelectionKey key) {
    if (read.isEmpty() || goingOn) {
      return;
    }
    loop.execute(
        new Runnable() {
          @Override
          public void run() {
            goingOn = false;
            ready(key);
          }
        });
    goingOn = true; // set last: an Error before this must not leave it true
  }

  private void readAll() {
    List<Came> came = new ArrayList<>();
    readInto(came);
    check.othersCame();
    for (Came one : came) {
      try {
        if (handler.isServed(check.ownerOf((InetSocketAddress) one.from))) {
          read.add(one);
        }
      } catch (IOException unknown) {
        loop.failed(unknown); // dropped, as if lost on the network
      }
    }
  }

  private void readInto(List<Came> came) {
    for (int i = 0; i < MOST_READ && read.size() + came.size() < MOST_READ; i++) {
      ByteBuffer buffer = loop.buffer();
      SocketAddress from;
      try {
        from = channel.receive(buffer);
      } catch (IOException onceRefused) {
        continue; // this client is gone; go on with the next
      }
      if (from == null) {
        return;
      }
      buffer.flip();
      byte[] query = new byte[buffer.remaining()];
      buffer.get(query);
      came.add(new Came(query, from));
    }
  }

  private void handle(Came came) {
    try {
      handler.handle(came.query, new One(came.from));
    } catch (RuntimeException | Error failure) {
      loop.failed(failure); // only this query fails
    }
  }

  /** A query, and from where it came. */
  private static final class Came {
    final byte[] query;
    final SocketAddress from;

    Came(byte[] query, SocketAddress from) {
      this.query = query;
      this.from = from;
    }
  }

  @Override
  public boolean isOver(long nowNanos) {
    return false;
  }

  @Override
  public boolean owes() {
    return !read.isEmpty();
  }

  private final class One implements LibraryClient {
    private final SocketAddress address;

    One(SocketAddress address) {
      this.address = address;
    }

    @Override
    public boolean isOverUdp() {
      return true;
    }

    @Override
    public void answer(final byte[] response) {
      // not on a thread of the program: if it were interrupted, the JDK would close the channel
      loop.execute(
          new Runnable() {
            @Override
            public void run() {
              send(response);
            }
          });
    }

    private void send(byte[] response) {
      try {
        channel.send(ByteBuffer.wrap(response), address);
      } catch (IOException gone) {
        // dropped, as if lost on the network: a client that still waits asks again
      }
    }

    @Override
    public void unanswered() {
      // as if lost on the network
    }

    @Override
    public void askInClear(byte[] query) {
      if (loop.isFull()) {
        askLater(query, loop.nanoTime());
        return;
      }
      try {
        CleartextDatagram.send(query, handler.server(), this, loop);
      } catch (IOException | UnsupportedAddressTypeException unreachable) {
        // dropped, as if lost on the network
      }
    }

    private void askLater(final byte[] query, final long cameAt) {
      loop.onceThereIsRoom(
          new Runnable() {
            @Override
            public void run() {
              if (loop.nanoTime() - cameAt < CleartextDatagram.WAIT_NANOS) {
                askInClear(query);
              }
            }
          });
    }
  }
}
