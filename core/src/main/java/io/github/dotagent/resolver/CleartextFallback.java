package io.github.dotagent.resolver;

import io.github.dotagent.answer.Lookup;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.net.DomainTable;
import io.github.dotagent.net.HostName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether the system resolver may answer names of the upstreams: with {@code profile=opportunistic}
 * (RFC 8310 §5), and only while no upstream can be reached. Never while one of them shows a wrong
 * identity, and never where answers must be secure ({@code dnssec.require}). Logs when that begins
 * and when it ends. Safe for use by any number of threads.
 */
final class CleartextFallback {
  private final boolean allowed;
  private final DomainTable<String> secureDomains;
  private final Lookup dot;
  private final Log log;
  private final LineBudget lines;
  private final LongAdder uses;

  /**
   * By zone, whether the log says that it is open; an entry for each zone that ever was. Guarded by
   * itself, and no {@code ConcurrentHashMap}: a thread of the program that is stopped within such a
   * map (Thread.stop, up to Java 19) may leave it locked.
   */
  private final Map<String, AtomicBoolean> said;

  /** Open zones that the log does not yet mention at warn; guarded by {@code said}. */
  private final Set<String> unsaid;

  CleartextFallback(NamePolicy policy, Lookup dot, Timers timers, Log log) {
    this(
        policy,
        dot,
        log,
        new LineBudget(timers),
        new LongAdder(),
        new HashMap<String, AtomicBoolean>(),
        new HashSet<String>());
  }

  private CleartextFallback(
      NamePolicy policy,
      Lookup dot,
      Log log,
      LineBudget lines,
      LongAdder uses,
      Map<String, AtomicBoolean> said,
      Set<String> unsaid) {
    this.allowed = policy.clearTextFallback();
    Map<String, String> secure = new HashMap<>();
    for (String domain : policy.secureDomains()) {
      secure.put(domain, domain);
    }
    this.secureDomains = new DomainTable<>(secure);
    this.dot = dot;
    this.log = log;
    this.lines = lines;
    this.uses = uses;
    this.said = said;
    this.unsaid = unsaid;
  }

  /** The fallback under other settings; its counts continue. */
  CleartextFallback next(NamePolicy policy, Lookup other) {
    return new CleartextFallback(policy, other, log, lines, uses, said, unsaid);
  }

  /**
   * The domain of {@code dnssec.require} that contains the name. Then no answer of the system
   * resolver may be used. Null: there is none.
   */
  String secureDomainOf(HostName name) {
    return name.longestOf(secureDomains);
  }

  /**
   * Call it with each lookup, before and after the wait for the servers.
   *
   * @param zone the zone of the name, whose servers alone count; empty: it is in none
   */
  boolean isOpen(HostName name, String zone) {
    if (!allowed || secureDomainOf(name) != null) {
      return false;
    }
    boolean open = dot.isOutOfReach(name.toString());
    AtomicBoolean before = before(zone, open);
    if (before == null) {
      return false;
    }
    boolean changes = before.get() != open && before.compareAndSet(!open, open);
    if (changes) {
      say(zone, open);
    } else if (open && isUnsaid(zone)) {
      sayLate(zone);
    }
    return open;
  }

  private void say(String zone, boolean open) {
    String line = line(zone, open);
    String budgeted = lines.spendOn(line);
    synchronized (said) {
      if (open && budgeted == null) {
        unsaid.add(zone);
      } else {
        unsaid.remove(zone);
      }
    }
    log.write(budgeted == null ? Level.DEBUG : Level.WARN, budgeted == null ? line : budgeted);
  }

  private boolean isUnsaid(String zone) {
    synchronized (said) {
      return unsaid.contains(zone);
    }
  }

  /**
   * Writes the line that had to wait: servers that came and went had used up the lines, and have
   * stayed away since.
   */
  private void sayLate(String zone) {
    String budgeted = lines.spendOn(line(zone, true));
    if (budgeted != null) {
      synchronized (said) {
        unsaid.remove(zone);
      }
      log.write(Level.WARN, budgeted);
    }
  }

  private static String line(String zone, boolean open) {
    String whose = zone.isEmpty() ? "" : " of zone " + zone;
    return open
        ? "no upstream"
            + whose
            + " can be reached: until one answers, the system resolver is asked, in the clear"
            + " (profile=opportunistic)"
        : "an upstream" + whose + " answers again: names go over TLS";
  }

  /** Null if it was never open. */
  private AtomicBoolean before(String zone, boolean open) {
    synchronized (said) {
      AtomicBoolean known = said.get(zone);
      if (known == null && open) {
        known = new AtomicBoolean();
        said.put(zone, known);
      }
      return known;
    }
  }

  /** The system resolver is asked in place of the servers. */
  void used() {
    uses.increment();
  }

  /** How often it was, since the start. */
  long uses() {
    return uses.sum();
  }
}
