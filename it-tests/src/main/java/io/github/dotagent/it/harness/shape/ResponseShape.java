package io.github.dotagent.it.harness.shape;

import io.github.dotagent.it.harness.wire.DnsQuery;
import java.util.function.Function;

/**
 * A way in which a server answers, right or wrong, with a name that says which.
 *
 * @param name one label of a domain name
 */
public record ResponseShape(String name, Function<DnsQuery, byte[]> response) {
  private static final String DOMAIN = ".shape.test";

  static ResponseShape of(String name, Function<DnsQuery, ShapeMessage> message) {
    return new ResponseShape(name, query -> message.apply(query).octets());
  }

  /** The host whose lookups are answered so. */
  public String host() {
    return name + DOMAIN;
  }
}
