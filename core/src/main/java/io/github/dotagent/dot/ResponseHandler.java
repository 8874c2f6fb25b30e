package io.github.dotagent.dot;

/**
 * Receives the result of a query, on the thread that noticed it, so it must be short and must not
 * block. One of {@link #responded} and {@link #failed} is called, once, and nothing after it.
 */
public interface ResponseHandler {
  /**
   * The server has responded; the response may report a failure.
   *
   * @param message the DNS message; the handler's own
   * @param roundTripNanos from the moment the query was sent, without the time for a connection
   * @param idleLimit of the connection: it is told the idle time that the server gives in
   *     edns-tcp-keepalive (RFC 7828 §3.2.2), because the connection does not read the message
   */
  void responded(byte[] message, long roundTripNanos, IdleLimit idleLimit);

  /**
   * The server refuses connections or loses them without an answer. They are made again while there
   * is time, so the response may still come, but another server may be faster. Called at most once.
   */
  void inTrouble(ExchangeFailure trouble);

  /** The server has not responded, and the query is given up. */
  void failed(ExchangeFailure failure);
}
