package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.RecordType;

/**
 * The cached answers of one name, one for each type. By RFC 2308 §5, NXDOMAIN holds for the name,
 * whatever the type of the question. But some load balancers send it for a type that they do not
 * know (RFC 4074 §4.2), and for another type it would hide existing addresses. So here it holds
 * only for the type of the question, as in Unbound; a lookup asks for both families anyway. Safe
 * for use by any number of threads. If two answers come at once and contradict each other, either
 * may be kept.
 */
final class CachedName {
  /** 2³⁰ nanoseconds: about a second, without a division. */
  private static final int BITS_OF_A_SECOND = 30;

  /**
   * About the size of a name without its records, so a weight is half a kilobyte or so. Eleven
   * addresses of either family, 220 octets, still weigh 1.
   */
  private static final int OCTETS_OF_A_WEIGHT = 256;

  private volatile CacheEntry ipv4;
  private volatile CacheEntry ipv6;
  private volatile CacheEntry pointer;

  /**
   * Not exact when several threads use it at once, and need not be: then a use is counted twice.
   */
  private int secondOfUse;

  /** Whether this is its first use in this second. */
  boolean isUsedNow(long now) {
    int second = (int) (now >> BITS_OF_A_SECOND);
    boolean first = second != secondOfUse;
    if (first) {
      secondOfUse = second;
    }
    return first;
  }

  /** Null when there is none. */
  CacheEntry of(RecordType type) {
    // no switch: a young JVM would interpret its call of ordinal
    return type == RecordType.A ? ipv4 : type == RecordType.AAAA ? ipv6 : pointer;
  }

  /** Whether an alias led to one of its answers. */
  boolean isAliased() {
    for (RecordType type : TYPES) {
      CacheEntry kept = of(type);
      if (kept != null && kept.isAliased()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The name exists: another type's "no such name" is no longer true.
   *
   * @param answer null: the entry of this type is removed
   */
  void keep(RecordType type, CacheEntry answer) {
    for (RecordType other : TYPES) {
      CacheEntry kept = of(other);
      // write only then: another thread may be storing that type's answer
      if (other != type && kept != null && kept.isNoSuchName()) {
        set(other, null);
      }
    }
    CacheEntry before = of(type);
    if (answer != null && before != null) {
      answer.goOnFrom(before);
    }
    set(type, answer);
  }

  /**
   * How long fresh records of another type still show that the name exists; 0: there are none.
   *
   * @param asked the type that is not looked at
   */
  long nanosShownToExist(RecordType asked, long now) {
    long longest = 0;
    for (RecordType other : TYPES) {
      CacheEntry kept = of(other);
      if (other != asked && kept != null && kept.outcome() == Answer.Outcome.RECORDS) {
        longest = Math.max(longest, -kept.nanosSinceItsEnd(now));
      }
    }
    return longest;
  }

  /** Its share of the cache: 1, and more if it has many records. */
  int weight() {
    long octets = 0;
    for (RecordType type : TYPES) {
      CacheEntry kept = of(type);
      octets += kept == null ? 0 : kept.octets();
    }
    return (int) (1 + octets / OCTETS_OF_A_WEIGHT);
  }

  /**
   * NXDOMAIN for that type, in place of its previous entry. Records of other types stay, even
   * expired ones: a lookup asks for each family, and for a deleted name the servers say so for
   * each.
   *
   * @param answer null: nothing is kept of it
   */
  void keepNoSuchName(RecordType asked, CacheEntry answer) {
    set(asked, answer);
  }

  private void set(RecordType type, CacheEntry answer) {
    switch (type) {
      case A:
        ipv4 = answer;
        break;
      case AAAA:
        ipv6 = answer;
        break;
      default:
        pointer = answer;
    }
  }

  private static final RecordType[] TYPES = RecordType.values();
}
