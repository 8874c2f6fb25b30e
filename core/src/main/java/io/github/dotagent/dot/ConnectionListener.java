package io.github.dotagent.dot;

/** Told how a connection fares, by whichever thread finds out. Must be short. */
interface ConnectionListener {
  /** It is connected and authenticated. */
  void opened();

  /** It is silent while it opens: whether another one may be begun beside it. */
  boolean mayBeginBeside(DotConnection slow);

  /** The server has sent a message on it. */
  void heard();

  /**
   * It was lost, or never came about. Told before its queries are.
   *
   * @param unanswered how many queries were sent on it and not answered
   */
  void lost(DotConnection connection, int unanswered, ExchangeFailure reason);

  /** It has ended, for whatever reason, and its queries know. */
  void ended();
}
