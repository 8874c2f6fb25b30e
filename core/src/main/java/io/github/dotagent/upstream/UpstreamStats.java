package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.logging.Log;
import io.github.dotagent.metrics.RepeatedError;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The state of a server: healthy or not, how fast, late or not. Reports changes to the log. Safe
 * for use by any number of threads.
 */
final class UpstreamStats {
  /** The interval at which an unused server is tried: networks change, and it may be nearer now. */
  static final long MEASURE_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * The first such trial comes this long after the start, when the program is busy with other
   * things.
   */
  static final long FIRST_MEASURE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /**
   * A silence counts as this machine's own if the agent's timers were late by this part of it, or
   * more.
   */
  static final int OUR_PART = 8;

  private final Timers timers;
  private final UpstreamHealth health;
  private final UpstreamLog lines;
  private final AtomicLong measuredAt;
  private volatile RoundTrip roundTrip = RoundTrip.UNKNOWN;
  private volatile boolean late;
  private volatile boolean untrusted;
  private volatile ExchangeFailure wrongIdentity; // valid while untrusted
  private volatile long wrongSince;
  private volatile boolean unreachable;
  private final AtomicLong failures = new AtomicLong();
  private final AtomicReference<RepeatedError> lastError = new AtomicReference<>(); // null: none
  private volatile boolean failedLast; // it has not answered since the last error
  private final SlowNames slowNames;
  private volatile boolean heard;
  private volatile long lastHeard; // valid once heard

  /**
   * @param server as the user writes it
   * @param random for the part of a back-off that is left to chance
   */
  UpstreamStats(String server, Timers timers, Random random, Log log) {
    this.timers = timers;
    this.slowNames = new SlowNames(timers);
    this.health = new UpstreamHealth(timers, random);
    this.lines = new UpstreamLog(server, timers, log);
    this.measuredAt = new AtomicLong(timers.nanoTime() - MEASURE_NANOS + FIRST_MEASURE_NANOS);
  }

  /** From now on the log uses this name. */
  void call(String server) {
    lines.call(server);
  }

  /** The settings no longer name it. */
  void retired() {
    lines.retired();
  }

  UpstreamHealth health() {
    return health;
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  /** Whether it has owed an answer for longer than usual, and has sent nothing since. */
  boolean isLate() {
    return late;
  }

  /** Whether it has shown a wrong identity, and has not answered since. */
  boolean isUntrusted() {
    return untrusted;
  }

  /**
   * Whether no connection to it could be made or kept when it was last asked. A server that is
   * connected and lets a name wait is not unreachable: the owner of that name could cause that.
   */
  boolean isUnreachable() {
    return unreachable;
  }

  /** Exchanges and connections that failed, since the start. */
  long failures() {
    return failures.get();
  }

  /** In the form of {@link RepeatedError}, how often in a row included; null: none yet. */
  String lastError() {
    RepeatedError last = lastError.get();
    return last == null ? null : last.toString();
  }

  /**
   * In a word, for people.
   *
   * @param open whether there is a connection
   */
  UpstreamState state(boolean open) {
    if (untrusted) {
      return UpstreamState.UNTRUSTED;
    }
    if (!health.isHealthy()) {
      return unreachable ? UpstreamState.UNREACHABLE : UpstreamState.BACKING_OFF;
    }
    if (late) {
      return UpstreamState.LATE;
    }
    if (open) {
      return UpstreamState.IN_USE;
    }
    return heard ? UpstreamState.READY : UpstreamState.UNTRIED;
  }

  /** Nanoseconds since it sent anything; the largest number if it never did. */
  long silentFor() {
    return heard ? Math.max(0, timers.nanoTime() - lastHeard) : Long.MAX_VALUE;
  }

  /** It sent a valid response, with any content. */
  void answered(long roundTripNanos) {
    lastHeard = timers.nanoTime();
    heard = true;
    slowNames.clear();
    late = false;
    untrusted = false;
    unreachable = false;
    roundTrip = roundTrip.with(roundTripNanos); // losing a sample to another thread does no harm
    measuredAt.set(lastHeard);
    if (failedLast) {
      failedLast = false;
    }
    if (health.succeeded()) {
      lines.answersAgain();
    }
  }

  /** A query that was sent at this moment is not answered within the usual time. */
  void markLate(long askedAt) {
    late |= !heardSince(askedAt);
  }

  /** An exchange that began at this moment failed. */
  void failed(Throwable failure, long askedAt) {
    failed(failure, askedAt, null);
  }

  /**
   * The same if the server has shown life on other connections since.
   *
   * @param slowName the name that was asked for; null: it has shown no life
   */
  void failed(Throwable failure, long askedAt, String slowName) {
    ExchangeFailure.Kind kind = kindOf(failure);
    if (kind == ExchangeFailure.Kind.LOCAL) {
      health.trialIsOver(); // the server was not asked: this says nothing about it
      return;
    }
    failures.incrementAndGet();
    remember(String.valueOf(failure.getMessage()));
    if (kind == ExchangeFailure.Kind.UNTRUSTED) {
      wrongIdentity = (ExchangeFailure) failure;
      wrongSince = timers.nanoTime();
      untrusted = true;
    }
    unreachable = isOfTheNetwork(kind);
    boolean itself =
        kind != ExchangeFailure.Kind.NOT_SENT
            // it answers other names: only this name takes too long
            && !(kind == ExchangeFailure.Kind.NO_ANSWER
                && (heardSince(askedAt)
                    || slowName != null && slowNames.forgives(slowName, askedAt)))
            && !(isSilence(failure) && isOurLateness(askedAt));
    if (itself) {
      health.failed(kind == ExchangeFailure.Kind.NO_ROUTE);
      lines.failed(kind, String.valueOf(failure.getMessage()));
    } else {
      health.trialIsOver();
    }
  }

  /** An Error belongs to this JVM; null: the response was not DNS. */
  private static ExchangeFailure.Kind kindOf(Throwable failure) {
    if (failure instanceof ExchangeFailure) {
      return ((ExchangeFailure) failure).kind();
    }
    return failure instanceof Error ? ExchangeFailure.Kind.LOCAL : null;
  }

  /** The reason of its last failure, in a few words and without detail; null: it never failed. */
  String reason() {
    RepeatedError last = lastError.get();
    return last == null ? null : UpstreamLog.withoutDetail(last.text());
  }

  /**
   * The same reason again, without an answer in between, is one error, even if its details differ.
   */
  private void remember(String message) {
    long now = timers.epochMillis();
    boolean inRow = failedLast;
    failedLast = true;
    RepeatedError before;
    RepeatedError after;
    do {
      before = lastError.get();
      boolean again =
          inRow
              && before != null
              && UpstreamLog.withoutDetail(before.text())
                  .equals(UpstreamLog.withoutDetail(message));
      after = again ? before.again(now, message) : RepeatedError.first(now, message);
    } while (!lastError.compareAndSet(before, after));
  }

  /** The server does not know the option of RFC 7871, and is asked without it for a while. */
  void knowsNoSubnet(String why) {
    lines.knowsNoSubnet(why);
  }

  /** The server does not know EDNS, and is asked without it for a while. */
  void knowsNoEdns(String why) {
    lines.knowsNoEdns(why);
  }

  /**
   * Whether the caller must try a query on it, beside the server that it asks anyway: its back-off
   * is over, or it was not used for long. If true, the caller must ask it.
   */
  boolean beginTrial() {
    if (!health.isHealthy()) {
      return health.beginTrial();
    }
    long now = timers.nanoTime();
    long last = measuredAt.get();
    return now - last >= MEASURE_NANOS && measuredAt.compareAndSet(last, now);
  }

  /** Null if the response was not DNS. */
  private static boolean isOfTheNetwork(ExchangeFailure.Kind kind) {
    return kind == ExchangeFailure.Kind.UNREACHABLE
        || kind == ExchangeFailure.Kind.NO_TLS
        || kind == ExchangeFailure.Kind.NO_ROUTE
        || kind == ExchangeFailure.Kind.TIMEOUT;
  }

  /** Whether nothing came during the whole wait. */
  static boolean isSilence(Throwable failure) {
    ExchangeFailure.Kind kind =
        failure instanceof ExchangeFailure ? ((ExchangeFailure) failure).kind() : null;
    return kind == ExchangeFailure.Kind.TIMEOUT || kind == ExchangeFailure.Kind.NO_ANSWER;
  }

  /**
   * If the timers are late by this part of the time, the answer may be here, and not be read yet.
   */
  private boolean isOurLateness(long askedAt) {
    return timers.latenessNanos() * OUR_PART > timers.nanoTime() - askedAt;
  }

  /**
   * The failure to tell the caller. A wrong identity that the server has shown since is the cause,
   * and "the connection was closed" would hide it.
   */
  ExchangeFailure moreTelling(ExchangeFailure failure, long askedAt) {
    return untrusted && wrongSince - askedAt >= 0 ? wrongIdentity : failure;
  }

  /** Whether it has sent anything since that moment. */
  boolean heardSince(long askedAt) {
    return heard && lastHeard - askedAt > 0;
  }
}
