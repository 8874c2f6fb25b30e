package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.DotTransportFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The present servers: those that the user gave by address, and those behind the names that the
 * user gave. Safe for use by any number of threads.
 */
public final class Servers {
  /** An action with the servers. */
  interface Use {
    /** The deadline of the action, on the timer's clock. */
    long deadlineNanos();

    /**
     * @param upstreams at least one
     */
    void of(List<Upstream> upstreams);

    /** There is no server, or the action threw this exception. */
    void none(Throwable why);
  }

  /** In the user's order; each is either an address or a name. */
  static final class Entry {
    private final Upstream byAddress;
    private final NamedServers byName;

    private Entry(Upstream byAddress, NamedServers byName) {
      this.byAddress = byAddress;
      this.byName = byName;
    }

    static Entry of(Upstream byAddress) {
      return new Entry(byAddress, null);
    }

    static Entry of(NamedServers byName) {
      return new Entry(null, byName);
    }

    /** Other settings name it as well. */
    void follow(Function<UpstreamSpec, Upstream> making, String zone, DotTransportFactory way) {
      if (byName == null) {
        byAddress.follow(zone, way);
      } else {
        byName.follow(making, zone, way);
      }
    }

    /** The settings no longer name it. */
    void retire() {
      if (byName == null) {
        byAddress.retire();
      } else {
        byName.retire();
      }
    }
  }

  private final List<Upstream> fixed = new ArrayList<>();
  private final List<NamedServers> named = new ArrayList<>();
  private final List<Entry> entries;
  private final Timers timers;
  private final boolean privately;
  private final AtomicBoolean away = new AtomicBoolean(); // no server has answered lately

  Servers(List<Entry> entries, Timers timers) {
    this(entries, timers, false);
  }

  /**
   * @param privately whether they are asked to pass on no part of the client's address
   */
  Servers(List<Entry> entries, Timers timers, boolean privately) {
    this.privately = privately;
    this.entries = entries;
    this.timers = timers;
    for (Entry entry : entries) {
      if (entry.byName == null) {
        fixed.add(entry.byAddress);
      } else {
        named.add(entry.byName);
      }
    }
  }

  /** Whether queries forbid them to pass on a part of the client's address (RFC 7871 §7.1.2). */
  boolean privately() {
    return privately;
  }

  /** The servers known now, in the user's order. */
  List<Upstream> now() {
    if (named.isEmpty()) {
      return Collections.unmodifiableList(fixed);
    }
    List<Upstream> all = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.byName == null) {
        all.add(entry.byAddress);
      } else {
        all.addAll(entry.byName.now());
      }
    }
    return all;
  }

  /** The status of each, in the user's order; of a name while its addresses are not known. */
  List<UpstreamStatus> status() {
    List<UpstreamStatus> all = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.byName == null) {
        all.add(entry.byAddress.status());
      } else {
        all.addAll(entry.byName.status());
      }
    }
    return all;
  }

  /** At once if a server is known; otherwise when the first names have been looked up. */
  void whenKnown(final Use use) {
    List<Upstream> known = now();
    if (!known.isEmpty()) {
      use.of(known);
      return;
    }
    final AtomicBoolean over = new AtomicBoolean();
    Timers.Timer limit =
        timers.after(
            use.deadlineNanos() - timers.nanoTime(),
            new Runnable() {
              @Override
              public void run() {
                if (over.compareAndSet(false, true)) {
                  use.none(noServer());
                }
              }
            });
    List<CompletableFuture<Void>> asking = new ArrayList<>();
    for (NamedServers servers : named) {
      asking.add(servers.ask());
    }
    BiFunction<Void, Throwable, Void> found = new FirstFound(use, asking.size(), limit, over);
    for (CompletableFuture<Void> asked : asking) {
      asked.handle(found);
    }
  }

  /** Continues with the first name that has an address; if none has, with the failure. */
  private final class FirstFound implements BiFunction<Void, Throwable, Void> {
    private final Use use;
    private final AtomicInteger missing;
    private final Timers.Timer limit;
    private final AtomicBoolean over;

    FirstFound(Use use, int names, Timers.Timer limit, AtomicBoolean over) {
      this.use = use;
      this.missing = new AtomicInteger(names);
      this.limit = limit;
      this.over = over;
    }

    @Override
    public Void apply(Void asked, Throwable never) {
      boolean last = missing.decrementAndGet() == 0;
      List<Upstream> found = now();
      if (found.isEmpty() && !last || !over.compareAndSet(false, true)) {
        return null;
      }
      limit.cancel();
      if (found.isEmpty()) {
        use.none(noServer());
        return null;
      }
      try {
        use.of(found);
      } catch (RuntimeException | Error unforeseen) {
        // an exception in a callback is lost, and the caller would wait
        use.none(unforeseen);
      }
      return null;
    }
  }

  private LookupFailure noServer() {
    List<LookupFailure.Attempt> attempts = new ArrayList<>();
    for (NamedServers servers : named) {
      attempts.add(servers.attempt());
    }
    return LookupFailure.of(attempts);
  }

  /** Whether no server could be reached at the last attempt, and none showed a wrong identity. */
  boolean areOutOfReach() {
    for (Upstream upstream : now()) {
      UpstreamStats standing = upstream.standing();
      if (standing.health().isHealthy() || !standing.isUnreachable() || standing.isUntrusted()) {
        return false;
      }
    }
    for (NamedServers servers : named) {
      if (servers.now().isEmpty() && !servers.isMissing()) {
        return false; // its name is still being resolved
      }
    }
    return true;
  }

  /** A lookup failed on all servers. True if now no server is left, and one was left before. */
  boolean allFailed() {
    for (Upstream upstream : now()) {
      if (upstream.standing().health().isHealthy()) {
        return false; // it is the name that fails
      }
    }
    boolean first = away.compareAndSet(false, true);
    for (NamedServers servers : named) {
      servers.ask(); // their addresses may have changed
    }
    return first;
  }

  /**
   * A server answered. If none had answered before, the network was away and not the servers, so no
   * server must back off for that.
   *
   * @return whether none had before
   */
  boolean oneAnswered() {
    if (!away.get() || !away.compareAndSet(true, false)) {
      return false;
    }
    for (Upstream upstream : now()) {
      if (!upstream.standing().health().isHealthy()) {
        upstream.standing().health().forgive();
      }
    }
    return true;
  }
}
