package io.github.dotagent.dot;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.tls.TlsConnector;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes connections by the settings of one generation. Immutable. */
final class ConnectionMaker {
  private final TlsConnector connector;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final long waitLimitNanos;
  private final long connectLimitNanos;
  private final SocketSetting quickAcks; // null: this JVM cannot set it
  private final Runnable beforeSockets;
  private final Watch watch;

  /** As for {@link DotTransportFactory}. */
  ConnectionMaker(
      TlsConnector connector,
      ThreadStarter threads,
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
    this.quickAcks = quickAcks;
    this.beforeSockets = beforeSockets;
    this.watch = watch;
  }

  /** The same by other settings. */
  ConnectionMaker next(TlsConnector other, long waitNanos, long connectNanos) {
    return new ConnectionMaker(
        other, threads, timers, log, waitNanos, connectNanos, quickAcks, beforeSockets, watch);
  }

  TlsConnector connector() {
    return connector;
  }

  /** Whether the kernel acknowledges at once. */
  boolean acknowledgesAtOnce() {
    return quickAcks != null;
  }

  DotConnection.Factory connections(final DotEndpoint server) {
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
    return new DotConnection.OverLinks(
        links, threads, timers, server.toString(), connectLimitNanos);
  }
}
