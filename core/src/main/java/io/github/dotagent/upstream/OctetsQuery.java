package io.github.dotagent.upstream;

import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;

/** A query that a library wrote; its response is passed on unchanged. */
final class OctetsQuery extends EncodedQuery<byte[]> {
  private final ForwardedQuery query;
  private final boolean withVerdict;

  /**
   * @param privately whether to forbid passing on a part of the client's address; if the library
   *     forbids it, that is kept in any case
   * @param withVerdict whether the server is asked for its verdict on the signatures (AD)
   */
  OctetsQuery(ForwardedQuery query, boolean privately, boolean withVerdict) {
    super(
        query.name(),
        withVerdict(query.octets(privately || query.wantsNoSubnet()), withVerdict),
        privately || query.wantsNoSubnet());
    this.query = query;
    this.withVerdict = withVerdict;
  }

  @Override
  byte[] octetsWithoutEcsOption() {
    return withVerdict(query.octets(false), withVerdict);
  }

  @Override
  byte[] octetsWithoutEdns() {
    return withVerdict(query.octetsWithoutEdns(), withVerdict);
  }

  @Override
  Response<byte[]> read(byte[] message, String server) throws ResponseException {
    return query.read(message);
  }

  @Override
  String textOf(byte[] response) {
    return response.length + " octets";
  }

  @Override
  public String toString() {
    return query + ", forwarded";
  }
}
