package io.github.dotagent.forward;

/** A library that waits for the response to one query. */
interface ForwardClient {
  /** Whether it asks over UDP, where a response must not be long. */
  boolean isOverUdp();

  /** Gives it the response; on any thread. */
  void answer(byte[] response);

  /** It gets no response; on the loop's thread. */
  void isNotAnswered();

  /**
   * Asks the server that it chose, by the transport that it chose; on the loop's thread.
   *
   * @param query as it came
   */
  void askInClear(byte[] query);
}
