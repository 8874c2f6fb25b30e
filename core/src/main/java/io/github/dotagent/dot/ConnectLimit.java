package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import java.util.function.BiConsumer;

/**
 * Ends a connection attempt: a server that accepts the connection and is then silent must not hold
 * it for ever.
 *
 * <p>Cancelled as soon as the connection is open or has ended: a timer keeps its connection in
 * memory, some 75 KB of buffers, and some servers close a connection after each query.
 */
final class ConnectLimit implements Runnable, BiConsumer<Void, Throwable> {
  private final Connection connection;
  private Timers.Timer timer; // set before another thread sees this

  ConnectLimit(Connection connection) {
    this.connection = connection;
  }

  /** Before the connection begins to open. */
  void begin(Timers timers, long nanos) {
    timer = timers.unlessCancelled(nanos, this);
    connection.opening().whenComplete(this);
  }

  @Override
  public void run() {
    if (!connection.wasOpen()) {
      connection.end(connection.connectLate());
    }
  }

  /** The connection is open, or will never be. */
  @Override
  public void accept(Void opened, Throwable ended) {
    timer.cancel();
  }
}
