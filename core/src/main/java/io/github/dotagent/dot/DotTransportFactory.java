package io.github.dotagent.dot;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.tls.TlsConnector;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Makes the transport to a server; connects nowhere yet. Safe for use by any number of threads. */
public final class DotTransportFactory implements Function<DotEndpoint, DotTransport> {
  private final ConnectionMaker making;
  private final Timers timers;

  /**
   * @param waitLimitNanos the bound of each wait for a server while a connection is made
   * @param connectLimitNanos the time limit for making a connection, with this machine's own work:
   *     a handshake that makes progress is not started again
   * @param quickAcks sets {@code TCP_QUICKACK} on a JVM without an option for it; null if there is
   *     no such way, or an option
   * @param beforeSockets is run before a socket is made, on the thread that makes it
   * @param watch learns of connections
   */
  public DotTransportFactory(
      TlsConnector connector,
      ThreadStarter threads,
      Timers timers,
      Log log,
      long waitLimitNanos,
      long connectLimitNanos,
      SocketSetting quickAcks,
      Runnable beforeSockets,
      Watch watch) {
    SocketSetting ofJdk = PublicQuickAck.ofThisJvm();
    this.timers = timers;
    this.making =
        new ConnectionMaker(
            connector,
            threads,
            timers,
            log,
            waitLimitNanos,
            connectLimitNanos,
            ofJdk != null ? ofJdk : quickAcks,
            beforeSockets,
            watch);
  }

  private DotTransportFactory(ConnectionMaker making, Timers timers) {
    this.making = making;
    this.timers = timers;
  }

  @Override
  public DotTransport apply(final DotEndpoint server) {
    final AtomicReference<ConnectionMaker> now = new AtomicReference<>(making);
    DotConnection.Factory connections =
        new DotConnection.Factory() {
          @Override
          public DotConnection begin(int mostQueries, DotConnection.Listener listener) {
            return now.get().connections(server).begin(mostQueries, listener);
          }
        };
    ConnectionPool pool = new ConnectionPool(connections, timers, making.acknowledgesAtOnce());
    return new DotTransport(pool, timers, server, now);
  }

  /** As {@link DotTransport#follow}, by these settings. */
  public boolean takeOver(DotTransport transport) {
    return transport.follow(making);
  }

  /**
   * The same by other settings.
   *
   * @param waitLimitNanos as for the constructor, as the next
   */
  public DotTransportFactory next(TlsConnector other, long waitLimitNanos, long connectLimitNanos) {
    return new DotTransportFactory(making.next(other, waitLimitNanos, connectLimitNanos), timers);
  }
}
