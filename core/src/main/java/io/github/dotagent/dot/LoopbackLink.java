package io.github.dotagent.dot;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** A link without a server: answers every name with the address 192.0.2.1, and no IPv6. */
final class LoopbackLink implements Link {
  private static final int LENGTH = 2; // before each message, RFC 1035 §4.2.2
  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int TYPE_AND_CLASS = 4; // RFC 1035 §4.1.2
  private static final int FLAGS = 2; // where the counts are in the header
  private static final int ANSWERS = 7; // the low octet of their count
  private static final int ADDITIONAL = 11;
  private static final byte RESPONSE = (byte) 0x80;
  private static final byte TYPE_A = 1;

  /** The name of the question, A, IN, a TTL of 1 s, four octets: 192.0.2.1 (RFC 5737). */
  private static final byte[] ADDRESS = {
    (byte) 0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4, (byte) 192, 0, 2, 1
  };

  /** Ends the reader. */
  private static final byte[] END = {};

  private final LinkedBlockingQueue<byte[]> responses = new LinkedBlockingQueue<>();

  @Override
  public void open(Runnable silent) {
    // no server to connect to
  }

  @Override
  public boolean isReached() {
    return true;
  }

  @Override
  public long waitedNanos() {
    return 0;
  }

  @Override
  public InputStream in() {
    return new MadeUpResponses();
  }

  @Override
  public void acknowledge() {
    // no server waits for a close
  }

  @Override
  public void send(List<byte[]> frames) {
    for (byte[] frame : frames) {
      responses.add(response(frame));
    }
  }

  private static byte[] response(byte[] frame) {
    int end = LENGTH + HEADER;
    while (frame[end] != 0) { // the labels of the name
      end += 1 + frame[end];
    }
    end += 1 + TYPE_AND_CLASS;
    boolean hasAddress = frame[end - TYPE_AND_CLASS + 1] == TYPE_A;
    byte[] response = Arrays.copyOf(frame, end + (hasAddress ? ADDRESS.length : 0));
    response[0] = 0; // far below 256 octets
    response[1] = (byte) (response.length - LENGTH);
    response[LENGTH + FLAGS] |= RESPONSE;
    response[LENGTH + ANSWERS] = (byte) (hasAddress ? 1 : 0);
    response[LENGTH + ADDITIONAL] = 0;
    if (hasAddress) {
      System.arraycopy(ADDRESS, 0, response, end, ADDRESS.length);
    }
    return response;
  }

  @Override
  public void closeInOrder() {
    close();
  }

  @Override
  public void close() {
    responses.add(END);
  }

  /** Used by the reader's thread alone. */
  private final class MadeUpResponses extends InputStream {
    private byte[] current = {0};
    private int next = 1;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (next == current.length) {
        try {
          current = responses.take();
        } catch (InterruptedException neverInterrupted) {
          throw new IOException(neverInterrupted);
        }
        next = 0;
      }
      if (current == END) {
        return -1;
      }
      int count = Math.min(length, current.length - next);
      System.arraycopy(current, next, into, offset, count);
      next += count;
      return count;
    }
  }
}
