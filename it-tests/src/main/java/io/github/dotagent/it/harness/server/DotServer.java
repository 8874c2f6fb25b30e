package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.network.ClosedListener;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A DNS-over-TLS server (RFC 7858) on loopback, with real sockets and real TLS, that keeps a record
 * of everything and goes wrong when told to. Threads: one that accepts, one per connection, one
 * that sends late answers; all daemons, all gone after {@link #close}. Thread-safe.
 */
public final class DotServer implements AutoCloseable {
  private static final int BACKLOG = 1024; // a burst of connections must not meet a full queue
  private static final long WAKING_MILLIS = 5_000; // a closed accept() returns in far less

  private final DotServerOptions options;
  private final ServerSocket listener;
  private final ServerLog log = new ServerLog();
  private final Faults faults = new Faults();
  private final Set<DotSession> sessions = ConcurrentHashMap.newKeySet();
  private final Thread acceptor = daemon(this::accept, "dot-server-accept");
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "dot-server-late"));
  private volatile Zone zone;
  private volatile SSLContext tlsContext;

  private DotServer(DotServerOptions options) throws IOException {
    this.options = options;
    this.zone = options.zone();
    this.tlsContext = options.certificate().serverContext();
    this.listener = new ServerSocket();
    // A restart on the same port must not wait for TIME_WAIT.
    listener.setReuseAddress(true);
    InetAddress address = InetAddress.getByName(options.address()); // of a literal: no lookup
    listener.bind(new InetSocketAddress(address, options.port()), BACKLOG);
  }

  /**
   * Listens when this returns.
   *
   * @throws UncheckedIOException when the address or port cannot be had
   */
  public static DotServer start(DotServerOptions options) {
    try {
      DotServer server = new DotServer(options);
      server.acceptor.start();
      return server;
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(
          "cannot listen on " + options.address() + " port " + options.port(), cannotListen);
    }
  }

  public static DotServer start(Zone zone, ServerCertificate certificate) {
    return start(DotServerOptions.of(zone, certificate));
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String address() {
    return options.address();
  }

  /** {@code ADDRESS@PORT#NAME}: this server as an upstream of that name. */
  public String upstream(String name) {
    return upstream() + "#" + name;
  }

  /** {@code ADDRESS@PORT}: this server as an upstream known by its address. */
  public String upstream() {
    return address() + "@" + port();
  }

  /** Options to start a server again where this one was. */
  public DotServerOptions again() {
    return options.port(port());
  }

  public ServerLog log() {
    return log;
  }

  public Faults faults() {
    return faults;
  }

  /** Later queries are answered from another zone. */
  public void serve(Zone other) {
    zone = other;
  }

  /** Later connections are shown another certificate; no session of the old one is resumed. */
  public void present(ServerCertificate other) {
    tlsContext = other.serverContext();
  }

  /** Ends every open connection without a word of TLS; goes on accepting new ones. */
  public void dropConnections() {
    sessions.forEach(DotSession::abandon);
  }

  /** Stops listening, so that connections are refused, and drops the open ones. */
  @Override
  public void close() {
    try {
      int port = port();
      listener.close();
      acceptor.join(WAKING_MILLIS);
      ClosedListener.awaitRefusal(listener.getInetAddress(), port);
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      dropConnections();
      scheduler.shutdownNow();
    }
  }

  Zone zone() {
    return zone;
  }

  SSLContext tlsContext() {
    return tlsContext;
  }

  DotServerOptions options() {
    return options;
  }

  /** Done when so much time has passed; never, if the server is closed before. */
  CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    try {
      ScheduledFuture<?> unused =
          scheduler.schedule(() -> passed.complete(null), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // No client waits for an answer of a closed server.
    }
    return passed;
  }

  /**
   * Plays {@link Faults#oneAtATime}: what the session has to do instead of its work, if anything.
   */
  Optional<ConnectFault> makesRoomFor(DotSession session) {
    boolean alone = sessions.stream().allMatch(other -> other == session);
    if (alone) {
      return Optional.empty();
    }
    return switch (faults.oneAtATime()) {
      case OFF -> Optional.empty();
      case CLOSES_SECOND -> Optional.of(ConnectFault.CLOSE);
      case RESETS_SECOND -> Optional.of(ConnectFault.RESET);
      case DROPS_FIRST -> {
        sessions.stream().filter(other -> other != session).forEach(DotSession::abandon);
        yield Optional.empty();
      }
    };
  }

  void ended(DotSession session) {
    sessions.remove(session);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket tcp = listener.accept();
        tcp.setTcpNoDelay(true); // answers are small, and go when they are due
        int number = log.accepted((InetSocketAddress) tcp.getRemoteSocketAddress());
        DotSession session = new DotSession(this, tcp, number);
        sessions.add(session);
        daemon(session, "dot-server-connection-" + number).start();
      } catch (SocketException closedOrAborted) {
        // Closed: the loop ends. Aborted by the client before it was accepted: the next one.
      } catch (IOException noMoreConnections) {
        throw new UncheckedIOException(noMoreConnections);
      }
    }
    dropConnections(); // one accepted while close() was at work
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
