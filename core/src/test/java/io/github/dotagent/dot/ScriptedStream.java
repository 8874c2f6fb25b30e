package io.github.dotagent.dot;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A server's octets, which the test supplies; read by one thread. */
final class ScriptedStream extends InputStream {
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
  private final CountDownLatch reading = new CountDownLatch(1);
  private volatile IOException lost; // the first reason stays
  private byte[] chunk = END;
  private int next;

  void give(byte[] octets) {
    incoming.add(octets);
  }

  void end() {
    incoming.add(END);
  }

  /** Ends it with this. */
  synchronized void lose(IOException reason) {
    lost = lost == null ? reason : lost;
    incoming.add(END);
  }

  /** Waits until a thread reads. */
  void awaitReader() throws InterruptedException {
    reading.await();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (next == chunk.length) {
      reading.countDown();
      chunk = take();
      next = 0;
      if (chunk.length == 0) {
        return ended();
      }
    }
    int count = Math.min(length, chunk.length - next);
    System.arraycopy(chunk, next, into, offset, count);
    next += count;
    return count;
  }

  private byte[] take() throws IOException {
    try {
      return incoming.take();
    } catch (InterruptedException neverInterrupted) {
      throw new IOException(neverInterrupted);
    }
  }

  private int ended() throws IOException {
    if (lost != null) {
      throw lost;
    }
    return -1;
  }
}
