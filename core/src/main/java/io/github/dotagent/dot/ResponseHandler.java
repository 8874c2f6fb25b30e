package io.github.dotagent.dot;

/**
 * Told what became of a query, by the thread that found out: so it must be short and must not
 * block. One of {@link #responded} and {@link #failed} is called, once, and nothing after it.
 */
public interface ResponseHandler {
  /** The server has responded, whatever that says. */
  void responded(DotResponse response);

  /**
   * The server refuses connections or loses them without a word. They are made again as long as
   * there is time, so the response may still come; another server may well be faster. At most once.
   */
  void inTrouble(ExchangeFailure trouble);

  /** It has not, and will not be waited for any more. */
  void failed(ExchangeFailure failure);
}
