package io.github.dotagent.observe;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.EnforceModeAnswer;
import io.github.dotagent.resolver.EnforceModeLookup;
import io.github.dotagent.resolver.SystemAnswerObserver;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The names that the program looks up, each compared in the background from time to time.
 * Everything is bounded: names, waiting names, comparisons a second, and comparisons at once. Safe
 * for use by any number of threads.
 */
public final class ObservedNames implements SystemAnswerObserver {
  /** Some megabytes; for a program with more names, these are a sample. */
  static final int MOST_NAMES = 10_000;

  /**
   * Longer names are not names of the DNS (RFC 1035 §2.3.4), and their memory would have no bound.
   */
  static final int LONGEST_NAME = 255;

  /** As many as are compared within a minute. A name without a place is seen again later. */
  static final int MOST_WAITING = 1_000;

  /** About a hundredth of a processor, and no load for a server. */
  static final int EACH_SECOND = 20;

  /** While one waits for a server that is silent, the others continue. */
  static final int MOST_AT_ONCE = 4;

  /** The interval in which {@link #EACH_SECOND} names are compared. */
  static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Names change, some within minutes. */
  static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** An outage of the servers must not count against a name for long. */
  static final long AGAIN_AFTER_FAILURE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final EnforceModeLookup enforced;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;

  /**
   * Guarded by itself, and no {@code ConcurrentHashMap}: a thread of the program that is stopped
   * within such a map (Thread.stop, up to Java 19) may leave it locked.
   */
  private final Map<String, ObservedName> names = new HashMap<>();

  private final LongAdder beyond = new LongAdder();
  private final AtomicBoolean defectSaid = new AtomicBoolean();

  private volatile Reported reported; // null: nothing yet

  private final Object lock = new Object();
  private final ArrayDeque<ObservedName> waiting = new ArrayDeque<>(); // guarded by lock, as all
  private boolean ticking;
  private int left; // comparisons that may begin before the next second
  private int comparing; // number of threads

  public ObservedNames(EnforceModeLookup enforced, ThreadStarter threads, Timers timers, Log log) {
    this.enforced = enforced;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
  }

  @Override
  public void seen(String host, AddressFamilyPolicy order, InetAddress[] found) {
    ObservedName name = known(host); // as it is usually spelled
    if (name == null) {
      if (AddressLiteral.parse(host).isPresent() || hasNoLabel(host)) {
        return;
      }
      name = name(host.toLowerCase(Locale.ROOT));
    }
    if (name == null) {
      beyond.increment();
      return;
    }
    name.count(found != null);
    if (name.take(timers.nanoTime(), new ObservedName.ProgramLookup(order, found))
        && !waits(name)) {
      name.giveBack();
    }
  }

  /** A text of dots alone is not a name, and no setting can help. */
  private static boolean hasNoLabel(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (host.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /** Null: it is not. */
  private ObservedName known(String host) {
    synchronized (names) {
      return names.get(host);
    }
  }

  /** Null where there is no room for another one. */
  private ObservedName name(String host) {
    synchronized (names) {
      ObservedName known = names.get(host);
      if (known != null || host.length() > LONGEST_NAME || names.size() >= MOST_NAMES) {
        return known;
      }
      ObservedName made = new ObservedName(host);
      names.put(host, made);
      return made;
    }
  }

  /** False when too many do. */
  private boolean waits(ObservedName name) {
    boolean begins;
    synchronized (lock) {
      if (waiting.size() >= MOST_WAITING) {
        return false;
      }
      waiting.add(name);
      begins = !ticking;
      ticking = true;
    }
    if (begins) {
      timers.after(SECOND_NANOS, new Tick());
    }
    return true;
  }

  /** Each second, while there is something to compare. */
  private final class Tick implements Runnable {
    @Override
    public void run() {
      boolean oneMore;
      synchronized (lock) {
        if (waiting.isEmpty()) {
          ticking = false;
          return;
        }
        left = EACH_SECOND;
        oneMore = comparing < MOST_AT_ONCE;
        comparing += oneMore ? 1 : 0;
      }
      timers.after(SECOND_NANOS, this);
      if (oneMore) {
        threads.start("observer", new Comparing(), new NotComparing());
      }
    }
  }

  private final class Comparing implements Runnable {
    @Override
    public void run() {
      try {
        for (ObservedName name = next(); name != null; name = next()) {
          compare(name);
        }
      } finally {
        new NotComparing().run();
      }
    }
  }

  private final class NotComparing implements Runnable {
    @Override
    public void run() {
      synchronized (lock) {
        comparing--;
      }
    }
  }

  /** Null: none for now. */
  private ObservedName next() {
    synchronized (lock) {
      if (left <= 0) {
        return null;
      }
      left--;
      return waiting.poll();
    }
  }

  private void compare(ObservedName name) {
    boolean done = false;
    try {
      ObservedName.ProgramLookup lookup = name.lookup();
      EnforceModeAnswer answer = enforced.of(name.host(), lookup.order, lookup.seen);
      Comparison comparison = Comparison.of(lookup.seen, answer);
      String systemsName =
          needsSystem(comparison, answer.outcome(), lookup)
              ? enforced.systemsName(name.host(), lookup.order)
              : null;
      long again = comparison == Comparison.TLS_FAILS ? AGAIN_AFTER_FAILURE_NANOS : AGAIN_NANOS;
      name.is(
          new ObservedName.Compared(comparison, answer.outcome(), systemsName),
          timers.nanoTime() + again);
      done = true;
    } catch (RuntimeException | Error defect) {
      if (!defectSaid.getAndSet(true)) {
        log.write(Level.WARN, "mode=observe: a name could not be compared: " + defect);
      }
    } finally {
      if (!done) {
        name.giveBack();
      }
    }
  }

  /**
   * A server may answer SERVFAIL or REFUSED for names that only the internal network knows. If it
   * cannot be reached or trusted, that does not depend on the name.
   */
  private static boolean needsSystem(
      Comparison comparison, LookupOutcome outcome, ObservedName.ProgramLookup lookup) {
    switch (comparison) {
      case ONLY_SYSTEM:
      case OTHER_SCOPE:
        return true;
      case TLS_FAILS:
        return lookup.seen != null && outcome == LookupOutcome.SERVER_FAILURE;
      default:
        return false;
    }
  }

  /** A report, and when it was made. Immutable. */
  private static final class Reported {
    final ObserveReport report;
    final long at;

    Reported(ObserveReport report, long at) {
      this.report = report;
      this.at = at;
    }
  }

  /**
   * The results, at most a second old, because a console asks for each figure separately.
   *
   * @param suffixes the setting {@code system.suffixes}; null: it is not given
   * @param zones the setting {@code zones}; null: it is not given
   */
  public ObserveReport report(String suffixes, String zones) {
    long now = timers.nanoTime();
    Reported last = reported;
    if (last == null || now - last.at >= SECOND_NANOS) {
      last = new Reported(latest(suffixes, zones), now);
      reported = last;
    }
    return last.report;
  }

  /** The same, made now. */
  ObserveReport latest(String suffixes, String zones) {
    List<ObservedName> all;
    synchronized (names) {
      all = new ArrayList<>(names.values());
    }
    return ObserveReport.of(all, beyond.sum(), enforced, suffixes, zones);
  }
}
