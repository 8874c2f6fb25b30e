package io.github.dotagent.dot;

import io.github.dotagent.net.SocketSetting;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A TCP socket that needs few system calls. While it is corked it holds back written octets, so
 * that two TLS records go out together. It reads all octets that have come; JSSE would read twice
 * for each record, for its header and for its body.
 *
 * <p>JSSE writes each record under a lock of its own, on every thread, so this class has none for
 * writing.
 */
final class BufferedSocket extends Socket {
  /** A TLS record (RFC 8446 §5.2), or dozens of padded responses. */
  private static final int READ_AT_ONCE = 16_384 + 256;

  /** Some full batches of padded queries; grows when one is larger. */
  private static final int BUFFER = 16_384;

  private boolean closed; // guarded by this; isClosed() stays false when a close fails
  private volatile boolean corked;
  private volatile InputStream in; // only one, because it holds the octets read ahead

  private final ConnectWait wait;
  private final int silentMillis;
  private volatile Runnable silent; // null once closed, because it references the whole connection
  private volatile int limitMillis; // of one read; 0: none
  private volatile long connectNanos;

  /**
   * NO_PROXY: java.net.Socket would otherwise follow the program's socksProxyHost.
   *
   * @param wait counts the time that the server is waited for
   * @param silentMillis how long a read with a limit is silent before {@code silent} is run; the
   *     read continues after that
   * @param silent run on the thread that reads
   */
  BufferedSocket(ConnectWait wait, int silentMillis, Runnable silent) {
    super(Proxy.NO_PROXY);
    this.wait = wait;
    this.silentMillis = silentMillis;
    this.silent = silent;
  }

  @Override
  public void connect(SocketAddress server, int limitMillis) throws IOException {
    long before = wait.nanos();
    wait.begins();
    try {
      super.connect(server, limitMillis);
    } finally {
      wait.ends();
      connectNanos = wait.nanos() - before;
    }
  }

  /** The time until the server accepted the connection. */
  long connectNanos() {
    return connectNanos;
  }

  /** The limit of a whole read. {@code silent} is run earlier. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    limitMillis = millis;
    super.setSoTimeout(Math.min(millis, silentMillis));
  }

  /**
   * Sets an option; does nothing if the socket is closed. It holds the monitor that a close takes
   * as well. So a native method never gets a closed descriptor, or a descriptor that another socket
   * has now.
   *
   * @throws ReflectiveOperationException when it cannot be set
   */
  synchronized void set(SocketSetting setting) throws ReflectiveOperationException {
    if (!closed) {
      setting.on(this);
    }
  }

  /** Waits for an option that is being set, which takes one system call. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    silent = null; // a closed socket may be in a list until the next one is opened (OpenSockets)
    super.close();
  }

  /** From now on nothing leaves. */
  void cork() {
    corked = true;
  }

  /** The next write also sends the octets held back. */
  void uncork() {
    corked = false;
  }

  /**
   * Whether no received octets are left to read, as far as this can be known without a system call.
   */
  boolean isReadEmpty() {
    try {
      InputStream reading = in;
      return reading == null || reading.available() == 0;
    } catch (IOException closed) {
      return true;
    }
  }

  /** JSSE asks for it once, before there is a second thread. */
  @Override
  public InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new ReadAhead(super.getInputStream(), wait);
    }
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Corked(super.getOutputStream());
  }

  /** Only one thread reads a connection, and only it sees the octets read ahead. */
  private final class ReadAhead extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[READ_AT_ONCE];
    private final ConnectWait wait;
    private int next;
    private int end;

    ReadAhead(InputStream in, ConnectWait wait) {
      this.in = in;
      this.wait = wait;
    }

    @Override
    public int available() {
      return end - next;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (next == end) {
        int read = filled();
        if (read < 0) {
          return -1;
        }
        next = 0;
        end = read;
      }
      int count = Math.min(length, end - next);
      System.arraycopy(buffer, next, into, offset, count);
      next += count;
      return count;
    }

    private int filled() throws IOException {
      wait.begins();
      try {
        return readPatiently();
      } finally {
        wait.ends();
      }
    }

    private int readPatiently() throws IOException {
      int left = limitMillis;
      while (true) {
        try {
          return in.read(buffer, 0, buffer.length);
        } catch (SocketTimeoutException nothingYet) {
          left -= getSoTimeout();
          if (left <= 0) {
            throw nothingYet;
          }
          Runnable told = silent;
          if (told != null) {
            told.run();
          }
          BufferedSocket.super.setSoTimeout(Math.min(left, silentMillis)); // of the rest
        }
      }
    }
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
