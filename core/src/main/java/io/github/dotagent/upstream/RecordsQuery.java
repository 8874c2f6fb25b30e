package io.github.dotagent.upstream;

import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.SignedQuery;

/** A query for records whose signatures are checked here. */
final class RecordsQuery implements UpstreamQuery<SignedResponse> {
  private final SignedQuery query;
  private final byte[] octets;

  RecordsQuery(SignedQuery query) {
    this.query = query;
    this.octets = query.octets();
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
  public Response<SignedResponse> read(byte[] message, String server) throws ResponseException {
    Response<byte[]> response = query.read(message);
    return response.with(new SignedResponse(response.answer(), server));
  }

  @Override
  public String textOf(SignedResponse response) {
    return response.octets().length + " octets from " + response.server();
  }

  @Override
  public String toString() {
    return query.toString();
  }
}
