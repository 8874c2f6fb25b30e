package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.RepeatedError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The servers behind one host name. Their addresses are looked up once at the start, and again when
 * no server answers any more; the old ones stay until others are found. Safe for use by any number
 * of threads.
 */
final class NamedServers {
  /** While all servers fail, the name is not looked up more often than this. */
  static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * A thread that has not begun after this time never will: the machine had no room for another.
   * This does not bound the system resolver.
   */
  static final long NOT_BEGUN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * A name that is not found after this time is shown as a failure: most lookups wait no longer.
   */
  static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final String NOT_IN_TIME =
      "the system resolver did not return its address in time";

  private final UpstreamSpec spec;
  private final BootstrapResolver names;
  private volatile Making making;
  private volatile boolean retired; // the settings no longer name it
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final Object lock = new Object();
  private Asking asking; // guarded by lock; null: never asked
  private long askedAt; // guarded by lock; valid once asked
  private volatile List<Upstream> found = Collections.emptyList();
  private volatile UnknownHostException failure; // null: the last answer was good
  private volatile RepeatedError lastError; // of the name's lookups; null: none yet

  /**
   * @param zone the names that they are for, as people know them; empty: all that no zone has
   * @param making makes a server of an address
   */
  NamedServers(
      UpstreamSpec spec,
      String zone,
      BootstrapResolver names,
      Function<UpstreamSpec, Upstream> making,
      ThreadStarter threads,
      Timers timers,
      Log log) {
    this.spec = spec;
    this.names = names;
    this.making = new Making(making, zone, null);
    this.threads = threads;
    this.timers = timers;
    this.log = log;
  }

  /**
   * Other settings name it as well.
   *
   * @param other makes a server of an address from now on
   */
  void follow(Function<UpstreamSpec, Upstream> other, String zone, DotTransportFactory way) {
    making = new Making(other, zone, way);
    for (Upstream server : found) {
      server.follow(zone, way);
    }
  }

  /** How its servers are made, by the settings in force. Immutable. */
  private static final class Making {
    final Function<UpstreamSpec, Upstream> servers;
    final String zone;
    final DotTransportFactory way; // null for the settings of the start

    Making(Function<UpstreamSpec, Upstream> servers, String zone, DotTransportFactory way) {
      this.servers = servers;
      this.zone = zone;
      this.way = way;
    }
  }

  /** The settings no longer name it. */
  void retire() {
    retired = true;
    for (Upstream server : found) {
      server.retire();
    }
  }

  /** The servers known now; empty until the name was found for the first time. */
  List<Upstream> now() {
    return found;
  }

  /**
   * Looks the addresses up, unless a lookup is under way or has just ended. The future completes,
   * never exceptionally, when there is a result.
   */
  CompletableFuture<Void> ask() {
    Asking mine;
    synchronized (lock) {
      long now = timers.nanoTime();
      if (asking != null && !asking.isOver(now - askedAt)) {
        return asking.done;
      }
      askedAt = now;
      // if the previous lookup never began, its callers get this one's answer
      mine =
          new Asking(
              asking == null || asking.done.isDone() ? new CompletableFuture<>() : asking.done);
      asking = mine;
    }
    threads.start("name " + spec, mine);
    return mine.done;
  }

  /** Whether the last lookup of the name failed. */
  boolean isMissing() {
    return failure != null;
  }

  /** The reason why this name has no server, for the message of a failed lookup. */
  LookupFailure.Attempt attempt() {
    UnknownHostException unknown = failure;
    return unknown == null
        ? new LookupFailure.Attempt(spec.toString(), LookupFailure.Kind.TIMEOUT, NOT_IN_TIME, null)
        : new LookupFailure.Attempt(
            spec.toString(), LookupFailure.Kind.UNREACHABLE, notFound(unknown), unknown);
  }

  private static String notFound(UnknownHostException unknown) {
    return "the system resolver found no address for it: " + unknown.getMessage();
  }

  /**
   * The status of each server; until the name was found for the first time, the status of the name.
   */
  List<UpstreamStatus> status() {
    List<UpstreamStatus> all = new ArrayList<>();
    for (Upstream server : found) {
      all.add(server.status());
    }
    if (all.isEmpty()) {
      all.add(ofName());
    }
    return all;
  }

  private UpstreamStatus ofName() {
    long slowSince = slowSince();
    UpstreamState state;
    RepeatedError error = lastError;
    if (failure != null) {
      state = UpstreamState.UNREACHABLE;
    } else if (slowSince >= 0) {
      state = UpstreamState.BACKING_OFF;
      error = RepeatedError.first(slowSince, NOT_IN_TIME);
    } else {
      state = UpstreamState.UNTRIED;
    }
    return UpstreamStatus.ofName(spec, making.zone, state, error == null ? null : error.toString());
  }

  /** The time, by the wall clock, of a lookup that takes too long; -1 if none does. */
  private long slowSince() {
    synchronized (lock) {
      boolean pending = asking != null && !asking.done.isDone();
      long age = timers.nanoTime() - askedAt;
      return pending && age >= SLOW_NANOS
          ? timers.epochMillis() - TimeUnit.NANOSECONDS.toMillis(age)
          : -1;
    }
  }

  /** The system resolver may block for any time, so it has a thread of its own. */
  private final class Asking implements Runnable {
    private final CompletableFuture<Void> done;
    private volatile Thread thread; // null until it has begun

    Asking(CompletableFuture<Void> done) {
      this.done = done;
    }

    /** Whether the name may be looked up again. */
    boolean isOver(long age) {
      if (done.isDone()) {
        return age >= ASK_AGAIN_NANOS;
      }
      Thread asks = thread;
      // a lookup that was stopped (Thread.stop) asks no more
      return asks == null ? age >= NOT_BEGUN_NANOS : !asks.isAlive();
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        keep(names.addressesOf(spec.authenticationName().get()));
        failure = null;
      } catch (UnknownHostException unknown) {
        if (failure == null) {
          log.write(Level.WARN, "upstream " + spec + ": " + unknown.getMessage());
        }
        RepeatedError last = lastError;
        lastError =
            failure == null || last == null
                ? RepeatedError.first(timers.epochMillis(), notFound(unknown))
                : last.again(timers.epochMillis(), notFound(unknown));
        failure = unknown;
      } finally {
        done.complete(null);
      }
    }

    private void keep(InetAddress[] addresses) {
      List<Upstream> servers = new ArrayList<>();
      Making before = making;
      for (InetAddress address : addresses) {
        servers.add(of(spec.at(address), before));
      }
      if (!servers.isEmpty()) {
        found = Collections.unmodifiableList(servers);
        settingsMayHaveChanged(servers, before);
        log.write(Level.DEBUG, "upstream " + spec + " has " + servers.size() + " addresses");
      }
    }

    /** If the settings have just changed, they did not apply to these servers. */
    private void settingsMayHaveChanged(List<Upstream> servers, Making before) {
      Making now = making;
      for (Upstream server : servers) {
        if (now != before) {
          server.follow(now.zone, now.way);
        }
        if (retired) {
          server.retire();
        }
      }
    }

    /** The existing one, with its connection, if the address is the same. */
    private Upstream of(UpstreamSpec one, Making by) {
      for (Upstream known : found) {
        if (known.spec().equals(one)) {
          return known;
        }
      }
      return by.servers.apply(one);
    }
  }
}
