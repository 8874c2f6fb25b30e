package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;
import java.util.concurrent.TimeUnit;

/**
 * A cached answer and its times: nanoseconds on the timers' clock, compared by difference, because
 * the clock may overflow. Safe for use by any number of threads.
 */
final class CacheEntry {
  /** RFC 8767 §4: the TTL of a stale answer. */
  private static final long STALE_TTL_SECONDS = 30;

  private static final SecurityStatus[] SECURITY = SecurityStatus.values();

  private final Answer.Outcome outcome;
  private final Object records; // byte[]: addresses; String[]: names; String: why there are none
  private final byte octets; // of each address
  private final byte security; // its ordinal; four bytes take no more room than one
  private final boolean isAliased;
  private final String server;
  private final long freshUntil;
  private volatile long askAgainAt;
  private volatile boolean isForItsLifeOnly;

  /**
   * Not exact if several threads use it at once. That does no harm: each of them still gets every
   * record.
   */
  private int turn;

  private CacheEntry(Answer answer, long freshUntil, long askAgainAt) {
    this.outcome = answer.outcome();
    boolean hasAddresses = !answer.addresses().isEmpty();
    this.octets = (byte) (hasAddresses ? answer.addresses().get(0).length : 0);
    this.security = (byte) answer.security().ordinal();
    this.isAliased = answer.isAliased();
    this.records = hasAddresses ? PackedRecords.pack(answer.addresses(), octets) : textsOf(answer);
    this.server = answer.server();
    this.freshUntil = freshUntil;
    this.askAgainAt = askAgainAt;
  }

  /** Null if there are no records. */
  private static Object textsOf(Answer answer) {
    if (!answer.names().isEmpty()) {
      return answer.names().toArray(new String[0]);
    }
    return answer.extendedError().isEmpty() ? null : answer.extendedError();
  }

  /**
   * @param freshUntil the end of its life
   * @param askAgainAt from this time on, a lookup of the name refreshes the answer
   */
  static CacheEntry of(Answer answer, long freshUntil, long askAgainAt) {
    return new CacheEntry(answer, freshUntil, askAgainAt);
  }

  /** About how much memory its records take. */
  int octets() {
    return PackedRecords.octets(records);
  }

  /** Replaces an earlier entry, and continues the rotation of its records. */
  void goOnFrom(CacheEntry before) {
    turn = before.turn;
  }

  Answer.Outcome outcome() {
    return outcome;
  }

  boolean isNoSuchName() {
    return outcome == Answer.Outcome.NO_SUCH_NAME;
  }

  boolean isFresh(long now) {
    return freshUntil - now > 0;
  }

  /** How long ago the TTL ended; negative before its end. */
  long nanosSinceItsEnd(long now) {
    return now - freshUntil;
  }

  /** Whether it is time to ask for it again: in the last part of its life, and after its end. */
  boolean isDue(long now) {
    return askAgainAt - now <= 0;
  }

  /** The refresh failed: the next one is not due before then. */
  void restUntil(long then) {
    askAgainAt = then;
  }

  /** The entry must never be given past its end: the servers' later answer was bogus. */
  void mustNotOutliveItself() {
    isForItsLifeOnly = true;
  }

  /** Whether it must not be given past its end, even if the settings allow it. */
  boolean isForItsLifeOnly() {
    return isForItsLifeOnly;
  }

  /**
   * The answer, each time with another record first. Most programs take the first address, so they
   * spread over all addresses (Unbound's {@code rrset-roundrobin}).
   */
  Answer answer(long now) {
    return answer(now, isFresh(now) ? Source.CACHE : Source.STALE);
  }

  /**
   * The answer for a caller that waited.
   *
   * @param kept null: the answer must not be kept
   * @param came null: no answer came, and the entry is an earlier one
   */
  static Answer given(CacheEntry kept, Answer came, long now) {
    if (came == null) {
      return kept.answer(now);
    }
    return kept == null ? came : kept.answer(now, Source.UPSTREAM);
  }

  /**
   * Describes the entry and its age for people; does not rotate its records.
   *
   * @param mayServe whether it may be given when the servers fail
   */
  String text(long now, boolean mayServe) {
    long left = TimeUnit.NANOSECONDS.toSeconds(Math.abs(freshUntil - now));
    String life =
        isFresh(now)
            ? "kept for another " + left + " s"
            : "expired " + left + " s ago" + (mayServe ? ", given while the servers fail" : "");
    String checked = security() == SecurityStatus.UNCHECKED ? "" : ", " + security();
    return life + ": " + what() + checked + ", from " + server;
  }

  private String what() {
    switch (outcome) {
      case NO_SUCH_NAME:
        return "no such name";
      case NO_DATA:
        return "no data";
      default:
        return records instanceof byte[]
            ? count(((byte[]) records).length / octets, "address", "addresses")
            : count(((String[]) records).length, "name", "names");
    }
  }

  private static String count(int number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }

  /** Whether an alias led to it. */
  boolean isAliased() {
    return isAliased;
  }

  /** What is known of its signatures. */
  SecurityStatus security() {
    return SECURITY[security];
  }

  private Answer answer(long now, Source source) {
    return bare(now, source).with(security());
  }

  private Answer bare(long now, Source source) {
    long left = freshUntil - now;
    long ttl = left > 0 ? TimeUnit.NANOSECONDS.toSeconds(left) : STALE_TTL_SECONDS;
    if (outcome != Answer.Outcome.RECORDS) {
      return Answer.negative(outcome, ttl, server, source)
          .because(records == null ? "" : (String) records);
    }
    int turned = turn++ & Integer.MAX_VALUE; // it overflows after two billion lookups
    return records instanceof byte[]
        ? Answer.addresses(
            PackedRecords.turned((byte[]) records, octets, turned), ttl, server, source)
        : Answer.names(PackedRecords.turned((String[]) records, turned), ttl, server, source);
  }
}
