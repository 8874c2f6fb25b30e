package io.github.dotagent.agent.cli.jvm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connects to this machine, whatever the host name. A JVM gives the address of its machine's name
 * for its MBeans, and that address may lead nowhere, or to another machine. The JVM listens on all
 * addresses and accepts connections only from its own machine. The data of one call has a bound,
 * because the object filter does not limit the length of a text.
 */
final class LoopbackSocketFactory extends RMISocketFactory {
  /** Of IPv4 and of IPv6 (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
  private static final byte[][] LOOPBACK = {
    {127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
  };

  /** The kernel alone has to answer. */
  private static final int CONNECT_MILLIS = 2_000;

  /** Reading takes a millisecond, unless the JVM is in a full garbage collection. */
  private static final int READ_MILLIS = 15_000;

  /** The most data of one call; the texts and numbers of a thousand servers take a tenth of it. */
  static final long MOST_OCTETS = 32L << 20;

  private static final AtomicLong LEFT = new AtomicLong(MOST_OCTETS);

  private static boolean used; // guarded by the class

  private LoopbackSocketFactory() {}

  /** For all that this JVM does with RMI. */
  static synchronized void use() throws IOException {
    if (!used) {
      used = true;
      // otherwise RMI would look this machine's name up to tell the other side
      System.setProperty("java.rmi.server.hostname", "127.0.0.1");
      RMISocketFactory.setSocketFactory(new LoopbackSocketFactory());
    }
  }

  /** Before each call: its bound begins again. */
  static void nextCall() {
    LEFT.set(MOST_OCTETS);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    IOException refused = null;
    for (byte[] address : LOOPBACK) {
      Socket socket = new BoundedSocket();
      try {
        socket.setSoTimeout(READ_MILLIS);
        socket.connect(
            new InetSocketAddress(InetAddress.getByAddress(address), port), CONNECT_MILLIS);
        return socket;
      } catch (IOException notThere) {
        socket.close();
        if (refused == null) {
          refused = notThere;
        }
      }
    }
    throw refused;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    throw new IOException("a command accepts no connections");
  }

  /** The data that one call may still bring. */
  static InputStream bounded(InputStream in) {
    return new BoundedInput(in);
  }

  private static final class BoundedSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return bounded(super.getInputStream());
    }
  }

  private static final class BoundedInput extends FilterInputStream {
    BoundedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int octet = in.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private static void count(int octets) throws IOException {
      if (LEFT.addAndGet(-octets) < 0) {
        throw new IOException("it sends more than " + (MOST_OCTETS >> 20) + " MB");
      }
    }
  }
}
