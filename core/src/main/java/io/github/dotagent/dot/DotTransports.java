package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Threads;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.tls.TlsConnector;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the transport to a server; connects nowhere yet. Safe for use by any number of threads. */
public final class DotTransports implements Function<DotEndpoint, DotTransport> {
  private final TlsConnector connector;
  private final Threads threads;
  private final Timers timers;
  private final Log log;
  private final long waitLimitNanos;
  private final long connectLimitNanos;
  private final SocketSetting quickAcks;
  private final Runnable beforeSockets;
  private final Watch watch;

  /**
   * @param waitLimitNanos the bound of each wait for a server while a connection is made
   * @param connectLimitNanos how long making one may take, with this machine's own work: a
   *     handshake that makes progress is not begun again
   * @param quickAcks sets {@code TCP_QUICKACK} on a JVM without an option for it; null where there
   *     is no such way, or an option
   * @param beforeSockets is run before a socket is made, on the thread that makes it
   * @param watch who is told of connections
   */
  public DotTransports(
      TlsConnector connector,
      Threads threads,
      Timers timers,
      Log log,
      long waitLimitNanos,
      long connectLimitNanos,
      SocketSetting quickAcks,
      Runnable beforeSockets,
      Watch watch) {
    this.connector = connector;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
    this.waitLimitNanos = waitLimitNanos;
    this.connectLimitNanos = connectLimitNanos;
    SocketSetting ofJdk = PublicQuickAck.ofThisJvm();
    this.quickAcks = ofJdk != null ? ofJdk : quickAcks;
    this.beforeSockets = beforeSockets;
    this.watch = watch;
  }

  @Override
  public DotTransport apply(final DotEndpoint server) {
    final int limitMillis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitLimitNanos));
    Supplier<Link> links =
        new Supplier<Link>() {
          @Override
          public Link get() {
            LinkReport report = new LinkReport(server, log, watch);
            ConnectWait wait = new ConnectWait(timers);
            return new TlsLink(
                connector, server, limitMillis, quickAcks, beforeSockets, report, wait);
          }
        };
    DotConnection.Factory connections =
        new DotConnection.OverLinks(links, threads, timers, server.toString(), connectLimitNanos);
    return new DotTransport(new ConnectionPool(connections, timers, quickAcks != null), timers);
  }
}
