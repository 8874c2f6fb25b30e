package io.github.dotagent.wire;

import io.github.dotagent.net.HostName;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The aliases that lead from the name in the question to the name that has the data.
 *
 * <p>Records are read as a set, in any order: an upstream once put aliases after addresses, and
 * that broke resolvers that read in order (Cloudflare, 2026-01-08). Records that no alias leads to
 * are not part of the answer and are ignored. A DNAME is ignored too, because the CNAME that it
 * stands for comes with it (RFC 6672 §3.1).
 *
 * <p>RFC 2181 §10.1 allows a name one alias and nothing else. If a server sends more, the first
 * alias is followed, and records before it are part of the answer, as in the JDK's own resolver
 * (glibc, gaih_getanswer_slice).
 */
final class CnameChain {
  private static final int CNAME = 5; // RFC 1035 §3.2.2
  private static final String ROOT = "."; // as ReceivedMessage spells it

  private final ReceivedMessage message;
  private final String end;
  private final long ttl;
  private final boolean isCircle;
  private final boolean leaves;

  /** The names before the end, each with its alias; null when there is none. */
  private final Map<String, Alias> left;

  private CnameChain(
      ReceivedMessage message,
      String end,
      long ttl,
      boolean isCircle,
      boolean leaves,
      Map<String, Alias> left) {
    this.message = message;
    this.end = end;
    this.ttl = ttl;
    this.isCircle = isCircle;
    this.leaves = leaves;
    this.left = left;
  }

  /**
   * @param name in the question, as a question spells it
   * @param believed the names that the server may speak for: the chain ends before another
   * @throws ResponseException if an alias of the chain does not have a valid name
   */
  static CnameChain from(String name, ReceivedMessage message, Predicate<String> believed)
      throws ResponseException {
    Map<String, Alias> aliases = aliases(message);
    if (!aliases.containsKey(name)) {
      return new CnameChain(message, name, ReceivedMessage.MAX_TTL, false, false, null);
    }
    Map<String, Alias> left = new HashMap<>();
    String end = name;
    long ttl = ReceivedMessage.MAX_TTL;
    for (Alias alias = aliases.get(end); alias != null; alias = aliases.get(end)) {
      if (left.put(end, alias) != null) {
        return new CnameChain(message, end, ttl, true, false, left);
      }
      ttl = Math.min(ttl, alias.ttl);
      String target = target(message, alias.record);
      if (target.equals(end)) {
        break; // an alias of itself: the records so far are the answer, as in glibc
      }
      end = target;
      if (!believed.test(end)) {
        return new CnameChain(message, end, ttl, false, true, left);
      }
    }
    return new CnameChain(message, end, ttl, false, false, left);
  }

  /** The first alias of each name. */
  private static Map<String, Alias> aliases(ReceivedMessage message) {
    Map<String, Alias> aliases = Collections.emptyMap(); // as in most answers
    for (int i = 0; i < message.answers(); i++) {
      if (message.type(i) != CNAME || !message.isInternet(i)) {
        continue;
      }
      if (aliases.isEmpty()) {
        aliases = new HashMap<>();
      }
      String owner = message.name(message.owner(i));
      Alias first = aliases.get(owner);
      if (first == null) {
        aliases.put(owner, new Alias(i, message.ttl(i)));
      } else {
        // RFC 2181 §5.2: sent twice with two TTLs, it lives for the shorter
        first.ttl = Math.min(first.ttl, message.ttl(i));
      }
    }
    return aliases;
  }

  private static String target(ReceivedMessage message, int alias) throws ResponseException {
    String target = message.nameWithin(message.data(alias), message.dataLength(alias));
    if (target == null) {
      throw ReceivedMessage.notDns();
    }
    return target;
  }

  /**
   * The records of the type at the end of the chain and on the way to it, in the order of the
   * answer.
   *
   * @return their places in the answer section
   * @throws ResponseException when there are none and the aliases go in a circle
   */
  int[] records(int type) throws ResponseException {
    int[] found = new int[message.answers()];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      if (message.type(i) == type && message.isInternet(i) && isOnTheWay(i)) {
        found[count++] = i;
      }
    }
    if (count == 0 && isCircle) {
      throw ResponseException.unusableRecords("sent aliases that form a loop");
    }
    return count == found.length ? found : Arrays.copyOf(found, count);
  }

  private boolean isOnTheWay(int record) {
    int owner = message.owner(record);
    if (!isCircle && message.isNamed(owner, end)) {
      return !leaves;
    }
    if (left == null) {
      return false;
    }
    Alias alias = left.get(message.name(owner));
    return alias != null && record < alias.record;
  }

  /**
   * The name that must be asked for separately if there are no records: the server may not speak
   * for it, or has sent nothing about it. Authoritative servers end a chain like this at the zone
   * of another server (RFC 1034 §4.3.2, step 3a), and so do Unbound's local-data and CoreDNS. Null:
   * the chain is followed to its end.
   */
  String continuesAt() {
    if (left == null || isCircle || left.containsKey(end) || end.equals(ROOT)) {
      return null;
    }
    return leaves || !isAnsweredNegatively() ? end : null;
  }

  /**
   * NXDOMAIN is about the end of the chain (RFC 6604 §2.1); NODATA is about the zone that its SOA
   * names.
   */
  private boolean isAnsweredNegatively() {
    if (message.rcode() != 0) {
      return true;
    }
    String zone = message.negativeZone();
    return zone != null && (zone.equals(ROOT) || HostName.isWithin(end, zone));
  }

  /** The aliases on the way, the name in the question first. */
  Set<String> aliasedNames() {
    return left == null ? Collections.<String>emptySet() : left.keySet();
  }

  /** The lowest TTL of the aliases. */
  long ttl() {
    return ttl;
  }

  /** The lowest TTL of the aliases and the records: no part may be kept longer than it lives. */
  long ttlWith(int[] records) {
    long lowest = ttl;
    for (int record : records) {
      lowest = Math.min(lowest, message.ttl(record));
    }
    return lowest;
  }

  /** The lowest TTL of the aliases and the one given. */
  long ttlAtMost(long other) {
    return Math.min(ttl, other);
  }

  /** An alias: a name stands for another one. */
  private static final class Alias {
    final int record; // its index in the answer section
    long ttl;

    Alias(int record, long ttl) {
      this.record = record;
      this.ttl = ttl;
    }
  }
}
