package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.RecordTypes;

/**
 * A query that arrived over TLS. Immutable.
 *
 * @param order 1 for the first since the server started; grows in order of arrival
 * @param connection the number of its {@link RecordedConnection}
 * @param nanos {@link System#nanoTime} on arrival: for differences alone
 */
public record RecordedQuery(
    long order, int connection, TlsDetails tls, DnsQuery query, long nanos) {

  /** As received, the letters' case kept, no dot at the end. */
  public String name() {
    return query.name();
  }

  /** {@code A}, {@code AAAA}, {@code PTR}, …. */
  public String type() {
    return RecordTypes.name(query.type());
  }

  /** Octets of the DNS message, padding included: a multiple of 128 by RFC 8467 §4.1. */
  public int octets() {
    return query.octets();
  }

  /** Octets of padding; −1 without the option. */
  public int padding() {
    return query.padding();
  }

  @Override
  public String toString() {
    return order + ": " + name() + " " + type() + " on connection " + connection;
  }
}
