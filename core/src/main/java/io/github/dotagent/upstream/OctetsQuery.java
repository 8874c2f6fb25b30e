package io.github.dotagent.upstream;

import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;

/** A query that a library wrote; its response is passed on as it is. */
final class OctetsQuery implements UpstreamQuery<byte[]> {
  private final ForwardedQuery query;
  private final boolean withVerdict;
  private final boolean privately;
  private final byte[] octets;

  /**
   * @param privately whether to ask that no part of the client's address is passed on; a library's
   *     own wish for that is passed on in any case
   * @param withVerdict whether the server is asked for its verdict on the signatures (AD)
   */
  OctetsQuery(ForwardedQuery query, boolean privately, boolean withVerdict) {
    this.query = query;
    this.withVerdict = withVerdict;
    this.privately = privately || query.wantsNoSubnet();
    this.octets = asking(query.octets(this.privately));
  }

  private byte[] asking(byte[] octets) {
    return withVerdict ? QueryEncoder.withVerdict(octets) : octets;
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
  public boolean hasSubnet() {
    return privately;
  }

  @Override
  public byte[] octetsWithoutSubnet() {
    return asking(query.octets(false));
  }

  @Override
  public byte[] octetsWithoutEdns() {
    return asking(query.octetsWithoutEdns());
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
