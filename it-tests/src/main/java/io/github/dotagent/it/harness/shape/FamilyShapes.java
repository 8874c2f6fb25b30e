package io.github.dotagent.it.harness.shape;

import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.RecordTypes;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Each outcome of the question for A beside each outcome of the one for AAAA. */
final class FamilyShapes {
  private static final int FORMERR = 1; // RFC 1035 §4.1.1
  private static final int NOTIMP = 4;
  private static final int REFUSED = 5;

  private FamilyShapes() {}

  static void addTo(List<ResponseShape> all) {
    Map<String, Function<DnsQuery, ShapeMessage>> outcomes = outcomes();
    outcomes.forEach(
        (ipv4, a) ->
            outcomes.forEach(
                (ipv6, aaaa) ->
                    all.add(
                        ResponseShape.of(
                            "a-" + ipv4 + "-aaaa-" + ipv6,
                            query -> (query.type() == RecordTypes.A ? a : aaaa).apply(query)))));
  }

  private static Map<String, Function<DnsQuery, ShapeMessage>> outcomes() {
    Map<String, Function<DnsQuery, ShapeMessage>> outcomes = new LinkedHashMap<>();
    outcomes.put("found", ShapeMessage::found);
    outcomes.put("ttl0", FamilyShapes::foundWithoutTtl);
    outcomes.put("nodata", ShapeMessage::noData);
    outcomes.put("nodata-no-soa", ShapeMessage::to);
    outcomes.put("nxdomain", query -> ShapeMessage.noData(query).rcode(ResponseCodes.NXDOMAIN));
    outcomes.put("nxdomain-no-soa", query -> ShapeMessage.to(query).rcode(ResponseCodes.NXDOMAIN));
    outcomes.put("formerr", query -> ShapeMessage.to(query).rcode(FORMERR));
    outcomes.put("servfail", query -> ShapeMessage.to(query).rcode(ResponseCodes.SERVFAIL));
    outcomes.put("notimp", query -> ShapeMessage.to(query).rcode(NOTIMP));
    outcomes.put("refused", query -> ShapeMessage.to(query).rcode(REFUSED));
    return outcomes;
  }

  private static ShapeMessage foundWithoutTtl(DnsQuery query) {
    String literal = query.type() == RecordTypes.A ? ShapeMessage.IPV4 : ShapeMessage.IPV6;
    byte[] address = ShapeMessage.octets(literal);
    return ShapeMessage.to(query)
        .answer(ShapeMessage.record(query.name(), query.type(), ShapeMessage.IN, 0, address));
  }
}
