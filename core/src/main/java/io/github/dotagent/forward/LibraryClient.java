package io.github.dotagent.forward;

/** A library that waits for the response to one query. */
interface LibraryClient {
  /** Whether it asks over UDP, where a response must not be long. */
  boolean isOverUdp();

  /** Gives it the response; on any thread. */
  void answer(byte[] response);

  /** Ends the query without a response; on the loop's thread. */
  void unanswered();

  /**
   * Sends the query in the clear to the server that the library chose, over the same transport; on
   * the loop's thread.
   *
   * @param query as it came
   */
  void askInClear(byte[] query);
}
