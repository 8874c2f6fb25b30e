package io.github.dotagent.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server with the JDK's TLS whose sockets are in memory. It greets each client with one octet,
 * and ends its connection when the client does. One thread for each connection.
 */
final class MemoryServer {
  private static final char[] NO_PASSWORD = new char[0];
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1}; // RFC 5737
  private static final int GREETING = 42;

  private final SSLContext context;
  private final boolean wantsClient;

  private MemoryServer(SSLContext context, boolean wantsClient) {
    this.context = context;
    this.wantsClient = wantsClient;
  }

  static MemoryServer with(TestCertificate own, TestCertificate... above)
      throws GeneralSecurityException, IOException {
    return new MemoryServer(context(own, above, null), false);
  }

  /**
   * A server of TLS 1.2 that asks for a client certificate.
   *
   * @param authority of the clients
   */
  static MemoryServer thatNeedsClients(TestCertificate authority, TestCertificate own)
      throws GeneralSecurityException, IOException {
    return new MemoryServer(context(own, new TestCertificate[0], authority), true);
  }

  private static SSLContext context(
      TestCertificate own, TestCertificate[] above, TestCertificate clients)
      throws GeneralSecurityException, IOException {
    Certificate[] chain = new Certificate[1 + above.length];
    chain[0] = own.certificate();
    for (int i = 0; i < above.length; i++) {
      chain[1 + i] = above[i].certificate();
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, NO_PASSWORD);
    keys.setKeyEntry("server", own.key().getPrivate(), NO_PASSWORD, chain);
    KeyManagerFactory key = KeyManagerFactory.getInstance("PKIX");
    key.init(keys, NO_PASSWORD);
    TrustManager[] trust = null;
    if (clients != null) {
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, NO_PASSWORD);
      authorities.setCertificateEntry("clients", clients.certificate());
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(authorities);
      trust = factory.getTrustManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(key.getKeyManagers(), trust, null);
    return context;
  }

  /** A socket that is connected to this server by {@link Socket#connect}. */
  End client() {
    Wire up = new Wire();
    Wire down = new Wire();
    return new End(down, up, () -> serve(new End(up, down, null)));
  }

  private void serve(Socket accepted) {
    try (SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true)) {
      secured.setUseClientMode(false);
      secured.setNeedClientAuth(wantsClient);
      if (wantsClient) { // in TLS 1.3 the handshake ends before the server refuses its client
        secured.setEnabledProtocols(new String[] {"TLSv1.2"});
      }
      secured.getOutputStream().write(GREETING);
      while (secured.getInputStream().read() >= 0) {
        // until the client ends it
      }
    } catch (IOException refused) {
      // the client says why
    }
  }

  /** Reads the greeting, and with it what TLS 1.3 sends behind the handshake: a ticket. */
  static boolean isGreeted(TlsSession session) throws IOException {
    return session.in().read() == GREETING;
  }

  /** Octets on their way to one end. Safe for use by any number of threads. */
  private static final class Wire {
    private final Deque<Byte> octets = new ArrayDeque<>(); // guarded by this
    private boolean ended; // guarded by this

    synchronized void put(byte[] from, int start, int length) throws IOException {
      if (ended) {
        throw new SocketException("Broken pipe");
      }
      for (int i = start; i < start + length; i++) {
        octets.add(from[i]);
      }
      notifyAll();
    }

    synchronized int take(byte[] to, int start, int most) throws IOException {
      try {
        while (octets.isEmpty() && !ended) {
          wait();
        }
      } catch (InterruptedException ofTheTest) {
        throw new SocketException("interrupted");
      }
      int count = 0;
      while (count < most && !octets.isEmpty()) {
        to[start + count++] = octets.remove();
      }
      return count == 0 && most > 0 ? -1 : count;
    }

    synchronized void end() {
      ended = true;
      notifyAll();
    }
  }

  /** One of the two sockets of a connection. */
  static final class End extends Socket {
    private final Wire from;
    private final Wire to;
    private final Runnable onConnect; // null: it is connected
    private int soTimeout;
    private volatile boolean isClosed;

    private End(Wire from, Wire to, Runnable onConnect) {
      this.from = from;
      this.to = to;
      this.onConnect = onConnect;
    }

    @Override
    public void connect(SocketAddress server, int millis) {
      Thread thread = new Thread(onConnect, "server in memory");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean isClosed() {
      return isClosed;
    }

    @Override
    public InetAddress getInetAddress() {
      try {
        return InetAddress.getByAddress(ADDRESS);
      } catch (IOException fourOctets) {
        throw new AssertionError(fourOctets);
      }
    }

    @Override
    public int getPort() {
      return 853;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public int getSoLinger() {
      return -1;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {}

    @Override
    public synchronized void setSoTimeout(int millis) {
      soTimeout = millis;
    }

    @Override
    public synchronized int getSoTimeout() {
      return soTimeout;
    }

    @Override
    public void shutdownInput() {
      from.end();
    }

    @Override
    public void shutdownOutput() {
      to.end();
    }

    @Override
    public synchronized void close() {
      isClosed = true;
      from.end();
      to.end();
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return from.take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int start, int most) throws IOException {
          return from.take(octets, start, most);
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          to.put(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int start, int length) throws IOException {
          to.put(octets, start, length);
        }
      };
    }
  }
}
