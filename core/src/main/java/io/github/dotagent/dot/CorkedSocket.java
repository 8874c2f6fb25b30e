package io.github.dotagent.dot;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;

/**
 * A TCP socket that holds back what is written while it is corked, so that two TLS records go out
 * in one system call.
 *
 * <p>JSSE writes each record under a lock of its own, whichever thread it comes from, so there is
 * none here.
 */
final class CorkedSocket extends Socket {
  /** Some full batches of padded queries; grows when one is larger. */
  private static final int BUFFER = 16_384;

  private volatile boolean corked;

  /** NO_PROXY: java.net.Socket would otherwise follow the program's socksProxyHost. */
  CorkedSocket() {
    super(Proxy.NO_PROXY);
  }

  /** From now on nothing leaves. */
  void cork() {
    corked = true;
  }

  /** The next write takes with it what was held back. */
  void uncork() {
    corked = false;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Corked(super.getOutputStream());
  }

  private final class Corked extends FilterOutputStream {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(BUFFER);

    Corked(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      if (corked) {
        held.write(octets, offset, length);
      } else if (held.size() == 0) {
        out.write(octets, offset, length);
      } else {
        held.write(octets, offset, length);
        held.writeTo(out);
        held.reset();
      }
    }
  }
}
