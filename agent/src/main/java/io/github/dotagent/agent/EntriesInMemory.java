package io.github.dotagent.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Entries of the agent's jar by their path within a layer, compressed. Not changed once shared. */
final class EntriesInMemory {
  private final Map<String, Packed> entries = new HashMap<>();
  private final byte[] buffer = new byte[8192];
  private long octets;

  boolean has(String path) {
    return entries.containsKey(path);
  }

  /** Adds an entry. */
  void put(String path, byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] packed = new byte[0];
      while (!deflater.finished()) {
        int more = deflater.deflate(buffer);
        byte[] longer = new byte[packed.length + more];
        System.arraycopy(packed, 0, longer, 0, packed.length);
        System.arraycopy(buffer, 0, longer, packed.length, more);
        packed = longer;
      }
      entries.put(path, new Packed(packed, content.length));
      octets += packed.length;
    } finally {
      deflater.end();
    }
  }

  /** Null if there is none with that path. */
  byte[] get(String path) {
    Packed packed = entries.get(path);
    return packed == null ? null : packed.content();
  }

  /** Their size in memory. */
  long octets() {
    return octets;
  }

  private static final class Packed {
    private final byte[] packed;
    private final int length;

    Packed(byte[] packed, int length) {
      this.packed = packed;
      this.length = length;
    }

    byte[] content() {
      Inflater inflater = new Inflater();
      try {
        byte[] content = new byte[length];
        inflater.setInput(packed);
        int done = 0;
        while (done < length) {
          done += inflater.inflate(content, done, length - done);
        }
        return content;
      } catch (DataFormatException neverOfOurOwn) {
        throw new IllegalStateException(neverOfOurOwn);
      } finally {
        inflater.end();
      }
    }
  }
}
