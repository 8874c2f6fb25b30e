package io.github.dotagent.resolver.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The octets of a file, up to the allowed size. For one thread. */
final class BoundedStream extends FilterInputStream {
  /** Called for every piece that is read. */
  interface ReadProgress {
    /**
     * @throws IOException to end the reading
     */
    void moved() throws IOException;
  }

  private final long most;
  private final ReadProgress progress; // null: no listener
  private long read;

  BoundedStream(InputStream in, long most) {
    this(in, most, null);
  }

  BoundedStream(InputStream in, long most, ReadProgress progress) {
    super(in);
    this.most = most;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    int count = in.read(octets, offset, length);
    read += Math.max(0, count);
    if (read > most) {
      throw FileKind.tooLarge(most);
    }
    if (progress != null) {
      progress.moved();
    }
    return count;
  }
}
