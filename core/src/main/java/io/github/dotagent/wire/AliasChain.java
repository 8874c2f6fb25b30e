package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The aliases that lead from the name in the question to the name that has the data.
 *
 * <p>Records are taken as a set, in whatever order they come: an upstream that put aliases after
 * addresses broke resolvers that read in order (Cloudflare, 2026-01-08), and dnsjava's {@code
 * Message.normalize} drops such aliases. What no alias leads to is not part of the answer and is
 * never looked at.
 */
final class AliasChain {
  /** RFC 2181 §8: a TTL with the top bit set is to be read as zero. */
  private static final long MAX_TTL = Integer.MAX_VALUE;

  private final String end;
  private final long ttl;
  private final List<Record> answers;

  private AliasChain(String end, long ttl, List<Record> answers) {
    this.end = end;
    this.ttl = ttl;
    this.answers = answers;
  }

  /**
   * @throws ResponseException when the aliases go round in a circle or a name has two of them
   */
  static AliasChain from(Question question, List<Record> answers) throws ResponseException {
    Map<String, CNAMERecord> aliases = new HashMap<>();
    for (Record record : answers) {
      if (record instanceof CNAMERecord && record.getDClass() == DClass.IN) {
        CNAMERecord alias = (CNAMERecord) record;
        String owner = text(alias.getName());
        CNAMERecord other = aliases.get(owner);
        if (other != null && !other.getTarget().equals(alias.getTarget())) {
          throw ResponseException.malformed("sent two aliases of one name", null);
        }
        // RFC 2181 §5.2: sent twice with two TTLs, it lives for the shorter
        if (other == null || ttlOf(alias) < ttlOf(other)) {
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
      CNAMERecord alias = aliases.get(name);
      ttl = Math.min(ttl, ttlOf(alias));
      name = text(alias.getTarget());
    }
    return new AliasChain(name, ttl, answers);
  }

  /** The records of the type at the chain's end, in the order of the answer. */
  List<Record> recordsAtEnd(int type) {
    List<Record> found = new ArrayList<>();
    for (Record record : answers) {
      if (record.getType() == type
          && record.getDClass() == DClass.IN
          && text(record.getName()).equals(end)) {
        found.add(record);
      }
    }
    return Collections.unmodifiableList(found);
  }

  /** The lowest TTL of the aliases and the records: no part may be kept longer than it lives. */
  long ttlWith(List<Record> records) {
    long lowest = ttl;
    for (Record record : records) {
      lowest = Math.min(lowest, ttlOf(record));
    }
    return lowest;
  }

  /** The lowest TTL of the aliases and the one given. */
  long ttlAtMost(long other) {
    return Math.min(ttl, other > MAX_TTL ? 0 : other);
  }

  private static long ttlOf(Record record) {
    return record.getTTL() > MAX_TTL ? 0 : record.getTTL();
  }

  /** A name as a {@link Question} spells it. */
  static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }
}
