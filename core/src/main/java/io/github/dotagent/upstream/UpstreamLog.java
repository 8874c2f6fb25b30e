package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.StateLog;
import java.util.concurrent.TimeUnit;

/**
 * Logs the state of one server: a line when it fails, a line for each further reason, and a line
 * when it answers again; never a line for each lookup. Safe for use by any number of threads.
 */
final class UpstreamLog {
  /**
   * The interval at which a lasting wrong identity is logged again: people read a log from its end.
   */
  static final long UNTRUSTED_AGAIN_NANOS = TimeUnit.HOURS.toNanos(1);

  /** EHOSTUNREACH, as {@code ConnectReason} words it. */
  private static final String NO_HOST = "no route to host";

  private static final String NO_CONNECTION = "connect timed out";

  /** As {@code sun.nio.ch} and the kernel word ECONNREFUSED. */
  private static final String REFUSED = "connection refused";

  /** How {@code ServerTrust} begins it; the issuer follows. */
  private static final String UNKNOWN_AUTHORITY = "certificate of an unknown authority";

  private static final String EXPIRED = "certificate expired";

  /** As {@code ExchangeFailure} words it, and the next. */
  private static final String NO_ANSWER = "no answer in time";

  private static final String WENT_SILENT = "the connection went silent";

  /** As {@code ConnectReason} words it. */
  private static final String NO_SESSION = "no TLS session in time";

  private static final String NOTHING_IS_SENT = "; no name is sent to it";

  private volatile String server;
  private final Timers timers;
  private final Log log;
  private final LineBudget lines;
  // a budget of its own: a flapping server must not use up the lines about an interceptor
  private final LineBudget linesOfUntrusted;
  private final StateLog state;
  private final Object lock = new Object();
  private String told; // guarded by lock; the last reason in the log; null: it answers
  private boolean untrustedSaid; // guarded by lock; since it answered last
  private long untrustedSaidAt; // guarded by lock; valid once it was said

  UpstreamLog(String server, Timers timers, Log log) {
    this.server = server;
    this.timers = timers;
    this.log = log;
    this.lines = new LineBudget(timers);
    this.linesOfUntrusted = new LineBudget(timers);
    this.state = new StateLog(timers, log);
  }

  /** From now on the log uses this name. */
  void call(String other) {
    server = other;
  }

  /**
   * It failed.
   *
   * @param kind null: the response was not DNS
   * @param message why; the part in parentheses is detail
   */
  void failed(ExchangeFailure.Kind kind, String message) {
    boolean untrusted = kind == ExchangeFailure.Kind.UNTRUSTED;
    String reason = withoutDetail(message);
    String before;
    boolean again = false;
    StateLog.State begun = null;
    synchronized (lock) {
      before = told;
      told = reason;
      if (!reason.equals(before)) {
        begun = state.begins();
      }
      if (untrusted) {
        long now = timers.nanoTime();
        again = untrustedSaid && now - untrustedSaidAt >= UNTRUSTED_AGAIN_NANOS;
        if (!untrustedSaid || again) {
          untrustedSaid = true;
          untrustedSaidAt = now;
        }
      }
    }
    if (before == null) {
      String then = untrusted ? NOTHING_IS_SENT : "; asked last until it answers again";
      say(begun, levelOf(kind, reason), server + ": " + message + meaning(message) + then);
    } else if (again) {
      log.write(Level.ERROR, "upstream " + server + " is still untrusted: " + message);
    } else if (begun != null) {
      say(
          begun,
          levelOf(kind, reason),
          server
              + ": now "
              + message
              + meaning(message)
              + (untrusted ? NOTHING_IS_SENT : "")
              + "; before: "
              + before);
    }
  }

  /** It answers, after it had failed. */
  void answersAgain() {
    synchronized (lock) {
      told = null;
      untrustedSaid = false;
      state.ends();
    }
    say(Level.WARN, server + " answers again");
  }

  /** The settings no longer name it: nothing more is said of its state. */
  void retired() {
    state.ends();
  }

  /** It does not know EDNS, and is asked without it for a while. */
  void knowsNoEdns(String why) {
    say(
        Level.WARN,
        server
            + ": "
            + why
            + " to a query with EDNS, and answers without it; asked without EDNS, so without"
            + " padding, for "
            + TimeUnit.NANOSECONDS.toMinutes(EdnsSupport.REMEMBERED_NANOS)
            + " minutes");
  }

  /** It does not know the option of RFC 7871, and is asked without it for a while. */
  void knowsNoSubnet(String why) {
    say(
        Level.WARN,
        server
            + ": "
            + why
            + " to a query with a client subnet of no bits (ecs=private), and answers without it;"
            + " asked without it, so it may tell others a part of this machine's address, for "
            + TimeUnit.NANOSECONDS.toMinutes(EdnsSupport.REMEMBERED_NANOS)
            + " minutes");
  }

  private void say(StateLog.State begun, Level level, String text) {
    begun.say(linesFor(level), level, "upstream " + text);
  }

  private void say(Level level, String text) {
    StateLog.say(linesFor(level), log, level, "upstream " + text);
  }

  private LineBudget linesFor(Level level) {
    return level == Level.ERROR ? linesOfUntrusted : lines;
  }

  /** An explanation, if the reason is a word of the kernel or says too little. */
  private static String meaning(String message) {
    switch (withoutDetail(message)) {
      case UNKNOWN_AUTHORITY:
        return ": a proxy intercepts TLS, or the trust store lacks the authority";
      case EXPIRED:
        return ": it was not renewed, or this machine's clock is ahead";
      default:
        return meaningOfKernel(message);
    }
  }

  private static String meaningOfKernel(String message) {
    switch (message) {
      case REFUSED:
        return " (nothing listens, or a firewall resets it)";
      case NO_HOST:
        return " (a firewall rejects it, or the host is down)";
      case NO_CONNECTION:
        return " (a firewall drops it, or the host is down)";
      case NO_ANSWER:
        return " (it takes queries and answers none: it is overloaded, or its own servers are"
            + " away)";
      case WENT_SILENT:
        return " (a firewall or NAT has forgotten it, or the host is down)";
      case NO_SESSION:
        return " (connected, then silent: it is overloaded, speaks no TLS on that port, or a"
            + " firewall drops the next packets)";
      default:
        return "";
    }
  }

  /** A server that makes a new key for each connection still has one reason. */
  static String withoutDetail(String message) {
    int detail = message.indexOf(" (");
    return detail < 0 ? message : message.substring(0, detail);
  }

  /**
   * A machine without IPv6 needs no warning. If there is no route to a host in an existing network,
   * a warning is needed: most firewalls refuse in this way (ICMP "administratively prohibited").
   */
  private static Level levelOf(ExchangeFailure.Kind kind, String reason) {
    if (kind == ExchangeFailure.Kind.UNTRUSTED) {
      return Level.ERROR;
    }
    boolean noSuchNetwork = kind == ExchangeFailure.Kind.NO_ROUTE && !reason.startsWith(NO_HOST);
    return noSuchNetwork ? Level.INFO : Level.WARN;
  }
}
