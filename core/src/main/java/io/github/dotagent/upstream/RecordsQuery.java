package io.github.dotagent.upstream;

import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.SignedQuery;

/** A query for records whose signatures are checked here. */
final class RecordsQuery implements UpstreamQuery<SignedResponse> {
  private final SignedQuery query;
  private final boolean privately;
  private final byte[] octets;

  /**
   * @param privately whether to ask that no part of the client's address is passed on
   */
  RecordsQuery(SignedQuery query, boolean privately) {
    this.query = query;
    this.privately = privately;
    this.octets = query.octets(privately);
  }

  @Override
  public String name() {
    return query.askedName();
  }

  @Override
  public byte[] octets() {
    return octets;
  }

  @Override
  public boolean hasSubnet() {
    return privately;
  }

  @Override
  public byte[] octetsWithoutSubnet() {
    return query.octets(false);
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
