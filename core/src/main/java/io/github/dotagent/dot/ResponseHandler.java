package io.github.dotagent.dot;

/**
 * Receives the result of a query, on the thread that noticed it, so it must be short and must not
 * block. One of {@link #responded} and {@link #failed} is called, once, and nothing after it.
 */
public interface ResponseHandler {
  /** The server has responded; the response may report a failure. */
  void responded(DotResponse response);

  /**
   * The server refuses connections or loses them without an answer. They are made again while there
   * is time, so the response may still come, but another server may be faster. Called at most once.
   */
  void inTrouble(ExchangeFailure trouble);

  /** It has not responded, and the query is given up. */
  void failed(ExchangeFailure failure);
}
