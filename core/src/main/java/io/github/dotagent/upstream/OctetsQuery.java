package io.github.dotagent.upstream;

import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;

/** A query that a library wrote; its response is passed on as it is. */
final class OctetsQuery implements UpstreamQuery<byte[]> {
  private final ForwardedQuery query;
  private final byte[] octets;

  OctetsQuery(ForwardedQuery query) {
    this.query = query;
    this.octets = query.octets();
  }

  @Override
  public String name() {
    return query.name();
  }

  @Override
  public byte[] octets() {
    return octets;
  }

  @Override
  public byte[] octetsWithoutEdns() {
    return query.octetsWithoutEdns();
  }

  @Override
  public Response<byte[]> read(byte[] message, String server) throws ResponseException {
    return query.read(message);
  }

  @Override
  public String textOf(byte[] response) {
    return response.length + " octets";
  }

  @Override
  public String toString() {
    return query + ", forwarded";
  }
}
