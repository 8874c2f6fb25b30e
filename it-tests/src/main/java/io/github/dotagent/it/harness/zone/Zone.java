package io.github.dotagent.it.harness.zone;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.RecordTypes;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that a server knows, answered as a resolver answers: aliases followed within the zone,
 * a name without the type asked is NODATA, any other name NXDOMAIN; both with the closest SOA
 * above, if there is one (RFC 2308). Immutable.
 */
public final class Zone {
  private final Map<String, List<ZoneRecord>> records;
  private final Map<String, ZoneAnswer> fixed;
  private final Set<String> existing;

  Zone(Map<String, List<ZoneRecord>> records, Map<String, ZoneAnswer> fixed) {
    this.records = Map.copyOf(records);
    this.fixed = Map.copyOf(fixed);
    this.existing = withNamesAbove(records.keySet());
  }

  public static ZoneBuilder builder() {
    return new ZoneBuilder();
  }

  /**
   * Answers a question.
   *
   * @param name in any case
   * @param type see {@link RecordTypes}
   */
  public ZoneAnswer answer(String name, int type) {
    String asked = DnsNames.canonical(name);
    ZoneAnswer given = fixed.get(asked);
    if (given != null) {
      return given;
    }
    List<ZoneRecord> answers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String current = asked;
    while (seen.add(current)) { // an alias that leads back ends the walk, as resolvers do
      List<ZoneRecord> here = at(current);
      List<ZoneRecord> matching = ofType(here, type);
      answers.addAll(matching);
      if (!matching.isEmpty()) {
        return new ZoneAnswer(ResponseCodes.NOERROR, answers, List.of(), Optional.empty());
      }
      List<ZoneRecord> alias = ofType(here, RecordTypes.CNAME);
      if (alias.isEmpty()) {
        return negative(current, answers);
      }
      answers.add(alias.get(0));
      current = DnsNames.canonical(DnsNames.decode(alias.get(0).data()));
    }
    return new ZoneAnswer(ResponseCodes.NOERROR, answers, List.of(), Optional.empty());
  }

  private ZoneAnswer negative(String name, List<ZoneRecord> aliases) {
    boolean exists = existing.contains(name) || !at(name).isEmpty();
    int rcode = exists ? ResponseCodes.NOERROR : ResponseCodes.NXDOMAIN;
    return new ZoneAnswer(rcode, aliases, closestSoa(name), Optional.empty());
  }

  private List<ZoneRecord> closestSoa(String name) {
    for (String origin = name; ; origin = DnsNames.parent(origin)) {
      List<ZoneRecord> soa = ofType(records.getOrDefault(origin, List.of()), RecordTypes.SOA);
      if (!soa.isEmpty() || origin.equals(".")) {
        return soa;
      }
    }
  }

  /** The records of a name; else of the wildcard beside it, under the name (RFC 4592 §2.2.1). */
  private List<ZoneRecord> at(String name) {
    List<ZoneRecord> own = records.get(name);
    if (own != null) {
      return own;
    }
    return records.getOrDefault("*." + DnsNames.parent(name), List.of()).stream()
        .map(record -> new ZoneRecord(name, record.type(), record.ttl(), record.data()))
        .toList();
  }

  private static List<ZoneRecord> ofType(List<ZoneRecord> records, int type) {
    return records.stream()
        .filter(record -> record.type() == type || type == RecordTypes.ANY)
        .toList();
  }

  /** A name above an existing one exists too, with no data of its own (RFC 8020 §2). */
  private static Set<String> withNamesAbove(Set<String> owners) {
    Set<String> all = new LinkedHashSet<>();
    for (String owner : owners) {
      for (String name = owner; all.add(name) && !name.equals("."); ) {
        name = DnsNames.parent(name);
      }
    }
    return all;
  }
}
