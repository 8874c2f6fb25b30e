package io.github.dotagent.it.harness.shape;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All shapes, and the server that answers a host's lookups in the host's shape. */
public final class ResponseShapes {
  private static final Map<String, ResponseShape> BY_NAME = byName();

  private ResponseShapes() {}

  public static List<ResponseShape> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** The response to a query about a shape's host; NXDOMAIN for any other name. */
  public static byte[] respond(DnsQuery query) {
    return of(query)
        .map(shape -> shape.response().apply(query))
        .orElseGet(() -> ShapeMessage.noData(query).rcode(ResponseCodes.NXDOMAIN).octets());
  }

  /** The shape whose host the query is about. */
  static Optional<ResponseShape> of(DnsQuery query) {
    String name = DnsNames.canonical(query.name());
    int dot = name.indexOf('.');
    return Optional.ofNullable(BY_NAME.get(dot < 0 ? name : name.substring(0, dot)));
  }

  private static Map<String, ResponseShape> byName() {
    List<ResponseShape> all = new ArrayList<>();
    FamilyShapes.addTo(all);
    HeaderShapes.addTo(all);
    EdnsShapes.addTo(all);
    AliasShapes.addTo(all);
    RecordShapes.addTo(all);
    Map<String, ResponseShape> byName = new LinkedHashMap<>();
    for (ResponseShape shape : all) {
      if (byName.put(shape.name(), shape) != null) {
        throw new IllegalStateException("twice: " + shape.name());
      }
    }
    return byName;
  }
}
