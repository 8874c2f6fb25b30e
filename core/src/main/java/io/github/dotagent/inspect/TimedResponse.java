package io.github.dotagent.inspect;

/** A response and how long it took. Immutable. */
public final class TimedResponse {
  private final byte[] response;
  private final long nanos;

  /**
   * @param response one DNS message
   * @param nanos from the query's first octet to the response's last
   */
  public TimedResponse(byte[] response, long nanos) {
    this.response = response.clone();
    this.nanos = nanos;
  }

  /** One DNS message. */
  public byte[] response() {
    return response.clone();
  }

  /** From the query's first octet to the response's last. */
  public long nanos() {
    return nanos;
  }
}
