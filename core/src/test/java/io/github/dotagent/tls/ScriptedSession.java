package io.github.dotagent.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * For the tests of other packages: a session whose server echoes so many messages of one write
 * each, and then closes.
 */
public final class ScriptedSession {
  private final Echo socket;

  public ScriptedSession(int messages) {
    socket = new Echo(messages);
  }

  public TlsSession session() {
    return new TlsSession(socket, Identities.unpinned(), List.of());
  }

  public boolean isClosed() {
    return socket.closed;
  }

  private static final class Echo extends HandshakeSocket {
    private int messages;
    private boolean closed;
    private InputStream in = InputStream.nullInputStream();

    Echo(int messages) {
      super("dns.example");
      this.messages = messages;
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return new ByteArrayOutputStream() {
        @Override
        public void flush() {
          in = messages-- > 0 ? new ByteArrayInputStream(toByteArray()) : in;
        }
      };
    }

    @Override
    public synchronized void setSoTimeout(int millis) {}

    @Override
    public synchronized void close() {
      closed = true;
    }
  }
}
