package io.github.dotagent.agent.cli.lookup;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.inspect.ConnectionLost;
import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.inspect.TimedResponse;
import io.github.dotagent.tls.TlsSession;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;

/** A server that may close its connection after a query that it refuses. For one thread. */
final class AskedServer implements Closeable {
  private final Supplier<TlsSession> another;
  private final int limitMillis;
  private final Timers clock;
  private InspectedServer connection;
  private boolean answered; // whether it answered on this connection

  /**
   * @param session authenticated
   * @param another makes one more such session; null when it cannot be made
   * @param limitMillis the bound of each exchange
   */
  AskedServer(TlsSession session, Supplier<TlsSession> another, int limitMillis, Timers clock) {
    this.another = another;
    this.limitMillis = limitMillis;
    this.clock = clock;
    this.connection = new InspectedServer(session, limitMillis, clock);
  }

  /** As {@link InspectedServer#exchange}. */
  TimedResponse exchange(byte[] query) throws IOException {
    TimedResponse response;
    try {
      response = connection.exchange(query);
    } catch (ConnectionLost lost) {
      TlsSession session = answered ? another.get() : null;
      if (session == null) {
        throw lost;
      }
      connection.close();
      connection = new InspectedServer(session, limitMillis, clock);
      response = connection.exchange(query);
    }
    answered = true;
    return response;
  }

  /** The connection that is open now. */
  InspectedServer current() {
    return connection;
  }

  @Override
  public void close() {
    connection.close();
  }
}
