package io.github.dotagent.dot;

/**
 * Told what became of a query: one of its methods is called, once, by the thread that found out. So
 * it must be short and must not block.
 */
public interface ResponseHandler {
  /** The server has responded, whatever that says. */
  void responded(DotResponse response);

  /** It has not, and will not be waited for any more. */
  void failed(ExchangeFailure failure);
}
