package io.github.dotagent.upstream;

/** A response with the signatures of its records, none of which has been checked. Immutable. */
public final class SignedResponse {
  private final byte[] octets;
  private final String server;

  /**
   * @param octets one DNS message, the response to the query that was sent
   * @param server the address of the server that gave it
   */
  public SignedResponse(byte[] octets, String server) {
    this.octets = octets;
    this.server = server;
  }

  /** Not to be altered. */
  public byte[] octets() {
    return octets;
  }

  /** The address of the server that gave it. */
  public String server() {
    return server;
  }
}
