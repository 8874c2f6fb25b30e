package io.github.dotagent.observe;

import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.resolver.EnforceModeAnswer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Compares the system resolver's answer for a name with the answer of {@code mode=enforce}. Only
 * their kinds count, not the order of addresses, nor a CDN's choice of addresses.
 */
public enum Comparison {
  /** Both have addresses, some in common; or neither has any. */
  SAME("same"),
  /**
   * No server is asked: the hosts file, the system resolver or this machine answers in any case.
   */
  BY_SETTINGS("not asked over TLS"),
  /** Both have addresses, and none in common, which is usual for a CDN. */
  OTHER_ADDRESSES("other addresses"),
  /**
   * The same, and the system resolver has only addresses of a private network: the name has other
   * addresses inside than outside.
   */
  OTHER_SCOPE("other addresses inside"),
  /** Over TLS there is no such name, or no address of it. */
  ONLY_SYSTEM("only the system knows"),
  /** The system resolver has no address. */
  ONLY_TLS("only TLS knows"),
  /** The servers give no answer. */
  TLS_FAILS("TLS fails");

  private static final int FIRST_OCTET_OF_UNIQUE_LOCAL = 0xfc; // RFC 4193 §3.1, with its last bit 0
  private static final int SHARED_FIRST = 100; // RFC 6598: 100.64.0.0/10
  private static final int SHARED_SECOND = 64;
  private static final int UPPER_TWO_BITS = 0xc0;
  private static final int OCTET = 0xff;

  private final String words;

  Comparison(String words) {
    this.words = words;
  }

  /**
   * @param seen the addresses that the system resolver has found; null: none
   */
  static Comparison of(InetAddress[] seen, EnforceModeAnswer enforced) {
    List<InetAddress> system =
        seen == null ? Collections.<InetAddress>emptyList() : Arrays.asList(seen);
    List<InetAddress> other = enforced.addresses();
    LookupOutcome outcome = enforced.outcome();
    if (other.isEmpty() && !outcome.isNegative()) {
      return system.isEmpty() && !outcome.isFailureOverTls() ? SAME : TLS_FAILS;
    }
    if (system.isEmpty() == other.isEmpty()) {
      if (!isOverTls(enforced.source())) {
        return BY_SETTINGS;
      }
      return system.isEmpty() || !Collections.disjoint(system, other)
          ? SAME
          : ofDisjoint(system, other);
    }
    return other.isEmpty() ? ONLY_SYSTEM : ONLY_TLS;
  }

  private static boolean isOverTls(Source source) {
    switch (source) {
      case CACHE:
      case STALE:
      case UPSTREAM:
      case ZONE:
        return true;
      default:
        return false;
    }
  }

  private static Comparison ofDisjoint(List<InetAddress> system, List<InetAddress> other) {
    for (InetAddress address : system) {
      if (!isInside(address)) {
        return OTHER_ADDRESSES;
      }
    }
    for (InetAddress address : other) {
      if (isInside(address)) {
        return OTHER_ADDRESSES;
      }
    }
    return OTHER_SCOPE;
  }

  /** Whether the address has a meaning only in one network or machine. */
  private static boolean isInside(InetAddress address) {
    byte[] octets = address.getAddress();
    if (address instanceof Inet6Address
        && (octets[0] & OCTET & ~1) == FIRST_OCTET_OF_UNIQUE_LOCAL) {
      return true;
    }
    boolean shared = octets[0] == SHARED_FIRST && (octets[1] & UPPER_TWO_BITS) == SHARED_SECOND;
    return address.isSiteLocalAddress() // RFC 1918, for IPv4
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || !(address instanceof Inet6Address) && shared;
  }

  /** Whether a lookup that the system resolver has answered would have failed. */
  boolean wouldFail() {
    return this == ONLY_SYSTEM || this == TLS_FAILS;
  }

  /** In words, such as {@code only the system knows}. */
  @Override
  public String toString() {
    return words;
  }
}
