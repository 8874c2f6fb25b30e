package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The aliases that lead from the name in the question to the name that has the data.
 *
 * <p>Records are taken as a set, in whatever order they come: an upstream that put aliases after
 * addresses broke resolvers that read in order (Cloudflare, 2026-01-08). What no alias leads to is
 * not part of the answer and is never looked at.
 */
final class AliasChain {
  /** RFC 2181 §8: a TTL with the top bit set is to be read as zero. */
  private static final long MAX_TTL = Integer.MAX_VALUE;

  private final String end;
  private final long ttl;
  private final List<ResourceRecord> answers;

  private AliasChain(String end, long ttl, List<ResourceRecord> answers) {
    this.end = end;
    this.ttl = ttl;
    this.answers = answers;
  }

  /**
   * @throws ResponseException when the aliases go round in a circle or a name has two of them
   */
  static AliasChain from(Question question, List<ResourceRecord> answers) throws ResponseException {
    Map<String, ResourceRecord> aliases = new HashMap<>();
    for (ResourceRecord alias : answers) {
      if (alias.is(ResourceRecord.CNAME)) {
        String owner = alias.owner();
        ResourceRecord other = aliases.get(owner);
        if (other != null && !targetOf(other).equals(targetOf(alias))) {
          throw ResponseException.malformed("sent two aliases of one name", null);
        }
        // RFC 2181 §5.2: sent twice with two TTLs, it lives for the shorter
        if (other == null || alias.ttl() < other.ttl()) {
          aliases.put(owner, alias);
        }
      }
    }
    String name = question.name();
    long ttl = MAX_TTL;
    for (int steps = 0; aliases.containsKey(name); steps++) {
      if (steps > aliases.size()) {
        throw ResponseException.malformed("sent aliases that go in a circle", null);
      }
      ResourceRecord alias = aliases.get(name);
      ttl = Math.min(ttl, alias.ttl());
      name = targetOf(alias);
    }
    return new AliasChain(name, ttl, answers);
  }

  /** The records of the type at the chain's end, in the order of the answer. */
  List<ResourceRecord> recordsAtEnd(int type) {
    List<ResourceRecord> found = new ArrayList<>();
    for (ResourceRecord record : answers) {
      if (record.is(type) && record.owner().equals(end)) {
        found.add(record);
      }
    }
    return Collections.unmodifiableList(found);
  }

  /** The lowest TTL of the aliases and the records: no part may be kept longer than it lives. */
  long ttlWith(List<ResourceRecord> records) {
    long lowest = ttl;
    for (ResourceRecord record : records) {
      lowest = Math.min(lowest, record.ttl());
    }
    return lowest;
  }

  /** The lowest TTL of the aliases and the one given. */
  long ttlAtMost(long other) {
    return Math.min(ttl, other > MAX_TTL ? 0 : other);
  }

  private static String targetOf(ResourceRecord alias) {
    return ResourceRecord.lower(alias.target());
  }
}
