package io.github.dotagent.it.harness.zone;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the records of a {@link Zone}. TTLs are seconds. Names are those of the documentation
 * ({@code example}, {@code test}: RFC 6761), so that a leak could not meet a real one. Not
 * thread-safe.
 */
public final class ZoneBuilder {
  private final Map<String, List<ZoneRecord>> records = new HashMap<>();
  private final Map<String, ZoneAnswer> fixed = new HashMap<>();

  ZoneBuilder() {}

  /** A and AAAA records, answered in the order given. */
  public ZoneBuilder addresses(String name, int ttl, String... literals) {
    for (String literal : literals) {
      record(ZoneRecord.address(name, ttl, literal));
    }
    return this;
  }

  public ZoneBuilder cname(String name, int ttl, String target) {
    return record(ZoneRecord.cname(name, ttl, target));
  }

  public ZoneBuilder ptr(String addressLiteral, int ttl, String target) {
    return record(ZoneRecord.ptr(addressLiteral, ttl, target));
  }

  public ZoneBuilder soa(String origin, int ttl, int minimum) {
    return record(ZoneRecord.soa(origin, ttl, minimum));
  }

  /** A record of any type; {@code *.example.test} answers for every name right below. */
  public ZoneBuilder record(ZoneRecord record) {
    records
        .computeIfAbsent(DnsNames.canonical(record.owner()), name -> new ArrayList<>())
        .add(record);
    return this;
  }

  /** SERVFAIL with the reason (RFC 8914), for every type. */
  public ZoneBuilder servfail(String name, int extendedErrorCode, String text) {
    ExtendedDnsError why = new ExtendedDnsError(extendedErrorCode, text);
    return answer(name, ZoneAnswer.failure(ResponseCodes.SERVFAIL).because(why));
  }

  /** A response code and nothing else, for every type. */
  public ZoneBuilder rcode(String name, int rcode) {
    return answer(name, ZoneAnswer.failure(rcode));
  }

  /** Exactly this answer, right or wrong, for every type. */
  public ZoneBuilder answer(String name, ZoneAnswer answer) {
    fixed.put(DnsNames.canonical(name), answer);
    return this;
  }

  public Zone build() {
    Map<String, List<ZoneRecord>> copy = new HashMap<>();
    records.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    return new Zone(copy, fixed);
  }
}
