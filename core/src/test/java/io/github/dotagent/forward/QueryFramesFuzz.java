package io.github.dotagent.forward;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/** What a library sends over TCP, in pieces: all of it is read, and nothing else. */
public final class QueryFramesFuzz implements FuzzTarget {
  @Override
  public void read(byte[] octets) throws IOException {
    FuzzInput input = new FuzzInput(octets);
    int atOnce = input.octet() + 1;
    byte[] sent = input.rest();
    Pieces channel = new Pieces(sent, atOnce);
    FrameReader reader = new FrameReader();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      while (true) {
        byte[] message = reader.read(channel);
        reader.isNoQuery();
        if (message != null) {
          FrameReader.isNoQuery(message, message.length);
          all.writeBytes(FrameReader.framed(message).array());
        }
        byte[] begun = reader.begun();
        int from = all.size();
        Findings.check(
            Arrays.equals(begun, Arrays.copyOfRange(sent, from, from + begun.length)),
            "what has begun is not what was sent");
      }
    } catch (EOFException end) {
      byte[] read = all.toByteArray();
      Findings.check(
          Arrays.equals(read, Arrays.copyOf(sent, read.length)), "not what was sent was read");
    }
  }

  /** A few octets, then none, and so on. */
  private static final class Pieces implements ReadableByteChannel {
    private final ByteBuffer octets;
    private final int atOnce;
    private boolean isPaused;

    Pieces(byte[] octets, int atOnce) {
      this.octets = ByteBuffer.wrap(octets);
      this.atOnce = atOnce;
    }

    @Override
    public int read(ByteBuffer into) {
      isPaused = !isPaused;
      if (isPaused) {
        return 0;
      }
      if (!octets.hasRemaining()) {
        return -1;
      }
      int count = Math.min(atOnce, Math.min(into.remaining(), octets.remaining()));
      into.put(octets.slice().limit(count));
      octets.position(octets.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
