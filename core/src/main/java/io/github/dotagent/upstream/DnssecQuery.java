package io.github.dotagent.upstream;

import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.SignedQuery;

/** A query for records whose signatures the agent checks. */
final class DnssecQuery extends EncodedQuery<SignedResponse> {
  private final SignedQuery query;

  /**
   * @param privately whether to ask that no part of the client's address is passed on
   */
  DnssecQuery(SignedQuery query, boolean privately) {
    super(query.askedName(), query.octets(privately), privately);
    this.query = query;
  }

  @Override
  byte[] octetsWithoutEcsOption() {
    return query.octets(false);
  }

  @Override
  byte[] octetsWithoutEdns() {
    return query.octetsWithoutEdns();
  }

  @Override
  Response<SignedResponse> read(byte[] message, String server) throws ResponseException {
    Response<byte[]> response = query.read(message);
    return response.with(new SignedResponse(response.answer(), server));
  }

  @Override
  String textOf(SignedResponse response) {
    return response.octets().length + " octets from " + response.server();
  }

  @Override
  public String toString() {
    return query.toString();
  }
}
