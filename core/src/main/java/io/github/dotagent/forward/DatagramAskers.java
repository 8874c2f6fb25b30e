package io.github.dotagent.forward;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** Those who ask a stand-in over UDP. */
final class DatagramAskers implements ForwardLoop.Ready {
  /** So that one who floods does not keep the others from their turn. */
  private static final int AT_ONCE = 64;

  private final DatagramChannel channel;
  private final ForwardLoop loop;
  private final Forwarding forwarding;

  DatagramAskers(DatagramChannel channel, ForwardLoop loop, Forwarding forwarding) {
    this.channel = channel;
    this.loop = loop;
    this.forwarding = forwarding;
  }

  @Override
  public void ready(SelectionKey key) {
    for (int i = 0; i < AT_ONCE; i++) {
      ByteBuffer buffer = loop.buffer();
      SocketAddress from;
      try {
        from = channel.receive(buffer);
      } catch (IOException onceRefused) {
        continue; // an asker that is gone: the next one is not
      }
      if (from == null) {
        return;
      }
      buffer.flip();
      byte[] query = new byte[buffer.remaining()];
      buffer.get(query);
      forwarding.handle(query, new One(from));
    }
  }

  @Override
  public boolean isOver(long nowNanos) {
    return false;
  }

  private final class One implements Asker {
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
      // never on a thread of the program's: interrupted, that would close the channel for all
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
        // as if it were lost on the way: whoever still waits asks again
      }
    }

    @Override
    public void askInClear(byte[] query) {
      try {
        ClearDatagram.send(query, forwarding.server(), this, loop);
      } catch (IOException unreachable) {
        // as if it were lost on the way
      }
    }
  }
}
