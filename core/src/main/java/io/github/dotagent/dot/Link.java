package io.github.dotagent.dot;

import io.github.dotagent.tls.TlsFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The way to one server, used once: opened, read by one thread, written by another, closed by any.
 */
interface Link extends Closeable {
  /**
   * Connects, secures, authenticates. Blocks until then; {@link #close} from another thread ends
   * it.
   */
  void open() throws TlsFailure;

  /** Whether the server has taken the TCP connection, for telling how far it got. */
  boolean isReached();

  /** What the server sends; of use once {@link #open} has returned. */
  InputStream in() throws IOException;

  /** Told by the reader: everything that had come is read. */
  void caughtUp();

  /** What goes to the server; of use once {@link #open} has returned. */
  OutputStream out() throws IOException;

  /** Ends it at whatever stage it is; never blocks on the server, never throws. */
  @Override
  void close();
}
