package io.github.dotagent.observe;

import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A name that the program looks up, its number of lookups, and its last comparison. A lookup counts
 * for the last comparison before it, or for the first one if there was none yet. Safe for use by
 * any number of threads.
 */
final class ObservedName {
  /** A lookup of the program to compare. Immutable. */
  static final class ProgramLookup {
    final AddressFamilyPolicy order;
    final InetAddress[] seen; // null: nothing was found

    ProgramLookup(AddressFamilyPolicy order, InetAddress[] seen) {
      this.order = order;
      this.seen = seen;
    }
  }

  /** The last comparison. Immutable. */
  static final class Compared {
    final Comparison comparison;
    final LookupOutcome outcome; // over TLS
    final String systemsName; // null unless only the system resolver has the answer

    Compared(Comparison comparison, LookupOutcome outcome, String systemsName) {
      this.comparison = comparison;
      this.outcome = outcome;
      this.systemsName = systemsName;
    }

    /** Whether the program needs the system resolver's answer for the name. */
    boolean needsSystem() {
      return systemsName != null;
    }
  }

  private final String host;
  private final AtomicLong notFound = new AtomicLong();
  private final AtomicLong uncompared = new AtomicLong(); // found, but not compared
  private final AtomicLongArray found = new AtomicLongArray(Comparison.values().length);
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile Compared last; // null: not yet
  private volatile long notBefore; // valid once it was compared
  private volatile ProgramLookup lookup; // valid while it is taken

  ObservedName(String host) {
    this.host = host;
  }

  /** The name in lower case, otherwise as the program spelled it. */
  String host() {
    return host;
  }

  /** Counts one more lookup. */
  void count(boolean wasFound) {
    Compared known = last;
    if (!wasFound) {
      notFound.incrementAndGet();
    } else if (known == null) {
      uncompared.incrementAndGet();
      if (last != null) {
        settle();
      }
    } else {
      found.incrementAndGet(known.comparison.ordinal());
    }
  }

  private void settle() {
    found.addAndGet(last.comparison.ordinal(), uncompared.getAndSet(0));
  }

  /** Whether to compare it now; then it is taken until it is compared or given back. */
  boolean take(long now, ProgramLookup toCompare) {
    if (last != null && now - notBefore < 0 || taken.get() || !taken.compareAndSet(false, true)) {
      return false;
    }
    lookup = toCompare;
    return true;
  }

  /** The lookup to compare, for a name that is taken. */
  ProgramLookup lookup() {
    return lookup;
  }

  /** It could not be compared now. */
  void giveBack() {
    lookup = null;
    taken.set(false);
  }

  /**
   * @param again no sooner than then, by the clock of {@link #take}
   */
  void is(Compared compared, long again) {
    notBefore = again;
    last = compared;
    settle();
    giveBack();
  }

  /** Null: not compared yet. */
  Compared last() {
    return last;
  }

  /** Lookups of it, all. */
  long lookups() {
    long sum = notFound.get() + uncompared.get();
    for (int i = 0; i < found.length(); i++) {
      sum += found.get(i);
    }
    return sum;
  }

  /** Those that the system resolver answered, and that would have failed. */
  long wouldHaveFailed() {
    long sum = 0;
    for (Comparison each : Comparison.values()) {
      sum += each.wouldFail() ? found.get(each.ordinal()) : 0;
    }
    return sum;
  }
}
