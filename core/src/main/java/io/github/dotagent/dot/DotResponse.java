package io.github.dotagent.dot;

/** A server's response to a query. Safe for use by any number of threads. */
public final class DotResponse {
  private final byte[] message;
  private final long roundTripNanos;
  private final IdleLimit idleLimit;

  DotResponse(byte[] message, long roundTripNanos, IdleLimit idleLimit) {
    this.message = message;
    this.roundTripNanos = roundTripNanos;
    this.idleLimit = idleLimit;
  }

  /** The DNS message; not to be altered. */
  public byte[] message() {
    return message;
  }

  /** From the moment the query was sent, making the connection not included. */
  public long roundTripNanos() {
    return roundTripNanos;
  }

  /**
   * Tells the connection the idle time that the server gave in edns-tcp-keepalive (RFC 7828
   * §3.2.2). The option is in the message, which this package does not read.
   *
   * @param nanos how long the server keeps an idle connection; 0: it wants this one closed
   */
  public void serverKeepsFor(long nanos) {
    idleLimit.serverKeepsFor(nanos);
  }
}
