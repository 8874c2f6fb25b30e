package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.UninterruptibleWait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;

/**
 * Patched sockets ask it for the address to send to. A message to a DNS server waits for the start
 * of the agent, at most as long as a lookup. Safe for use by any number of threads.
 */
final class RedirectionGate {
  private final CountDownLatch decided = new CountDownLatch(1);
  private final long timeoutNanos;
  private volatile Redirection redirection; // null until set; stays null if it cannot be made
  private final boolean observes;
  private volatile boolean over;

  RedirectionGate(long timeoutNanos) {
    this(timeoutNanos, false);
  }

  /**
   * @param observes whether each message goes where the program sends it, even if the agent fails
   */
  RedirectionGate(long timeoutNanos, boolean observes) {
    this.timeoutNanos = timeoutNanos;
    this.observes = observes;
  }

  void open(Redirection to) {
    redirection = to;
    decided.countDown();
  }

  /** There will be no redirection: no message to a DNS server is sent. */
  void fail() {
    decided.countDown();
  }

  /**
   * From now on queries go to the servers themselves. The addresses of stand-ins are still known.
   */
  void release() {
    over = true;
    decided.countDown();
  }

  SocketAddress to(InetSocketAddress server) throws IOException {
    if (AgentThread.isCurrent()) {
      if (ProbeName.isAddress(server.getAddress())) {
        throw new ProbeReached();
      }
      return server; // the agent itself asks, for a name of the system resolver
    }
    if (observes) {
      observe(server);
      return server;
    }
    if (over) {
      return server;
    }
    return awaitRedirection(server).to(server, false);
  }

  /**
   * Reports the message. Does not wait, and does not fail.
   *
   * @param server null: native code asks servers of its own choice
   */
  private void observe(InetSocketAddress server) {
    Redirection known = redirection;
    if (known == null || over) {
      return;
    }
    try {
      if (server == null) {
        known.outOfReach();
      } else {
        known.to(server, false);
      }
    } catch (ThreadDeath stop) {
      throw stop; // the program stopped its own thread
    } catch (Throwable ours) { // a defect of the agent: the message is still sent
      return;
    }
  }

  /**
   * The answer to a probe of a patched socket: it has arrived where a query to that server would
   * arrive.
   */
  static final class ProbeReached extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * For a library that sees the stand-in's own address.
   *
   * @param server null: native code asks servers of its own choice
   */
  InetSocketAddress shown(InetSocketAddress server) throws IOException {
    if (observes) {
      observe(server);
      return server;
    }
    if (over) {
      return server;
    }
    Redirection known = awaitRedirection(server);
    if (server != null) {
      return known.to(server, true);
    }
    known.outOfReach();
    return null;
  }

  private Redirection awaitRedirection(InetSocketAddress server) throws IOException {
    Redirection known = redirection;
    if (known == null) {
      UninterruptibleWait.within(timeoutNanos, decided);
      known = redirection;
      if (known == null) {
        throw new SocketException(
            (server == null ? "a name" : server)
                + " is not asked in the clear: dot-agent did not start within its timeout");
      }
    }
    return known;
  }

  SocketAddress from(SocketAddress sender) {
    Redirection known = redirection;
    return known == null ? sender : known.from(sender);
  }
}
