package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;

/**
 * With {@code mode=observe}: lookups that come before the core is there. The system resolver
 * answers them at once, and the core learns of them later. Safe for use by any number of threads.
 */
final class EarlyLookups implements HostResolver {
  /** The most lookups kept for the core, which is usually missing only for a moment. */
  static final int MOST = 1_000;

  private final LookupHook hook; // has a resolver once it is installed
  private final Object lock = new Object();
  private final ArrayDeque<EarlyLookup> kept = new ArrayDeque<>(); // guarded by lock
  private DotCore core; // guarded by lock; null until it is there

  /** One lookup, answered. */
  private static final class EarlyLookup {
    final String host;
    final AddressFamilyPolicy order;
    final InetAddress[] found; // null: nothing
    final UnknownHostException refusal; // null: something was found

    EarlyLookup(
        String host, AddressFamilyPolicy order, InetAddress[] found, UnknownHostException refusal) {
      this.host = host;
      this.order = order;
      this.found = found;
      this.refusal = refusal;
    }

    void tell(DotCore told) {
      told.observedBefore(host, order, found, refusal);
    }
  }

  EarlyLookups(LookupHook hook) {
    this.hook = hook;
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    InetAddress[] found;
    try {
      found = hook.systemResolver().addresses(host, order);
    } catch (UnknownHostException refused) {
      keep(new EarlyLookup(host, order, null, refused));
      throw refused;
    }
    keep(new EarlyLookup(host, order, found, null));
    return found;
  }

  /** Names of addresses are not compared. */
  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    return hook.systemResolver().nameOf(address);
  }

  private void keep(EarlyLookup lookup) {
    DotCore there;
    synchronized (lock) {
      there = core;
      if (there == null && kept.size() < MOST) {
        kept.add(lookup);
      }
    }
    if (there != null) {
      lookup.tell(there);
    }
  }

  /** The core exists. On a thread of the agent. */
  void tell(DotCore made) {
    synchronized (lock) {
      core = made;
    }
    for (EarlyLookup lookup = next(); lookup != null; lookup = next()) {
      lookup.tell(made);
    }
  }

  private EarlyLookup next() {
    synchronized (lock) {
      return kept.poll();
    }
  }
}
