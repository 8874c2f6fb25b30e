package io.github.dotagent.dot;

/**
 * Counts the connections that were lost under a query, and decides whether the server is in
 * trouble. For one query to one server; for one thread at a time.
 *
 * <p>A server may close a connection at any time (RFC 7766 §6.2.4), and some do so after a few
 * queries. If a connection had brought any message, the next one is tried and nothing is reported.
 * A connection without a message is forgiven once, because it may have been closing when the query
 * came.
 */
final class RetryBudget {
  /**
   * If this many connections that answered other queries were lost under this query, the query is
   * the cause. A server that takes one query on each connection is detected after half as many.
   */
  static final int MOST = 16;

  private int lost;
  private boolean forgiven;

  /**
   * Counts a lost connection. Returns whether it shows that the server is in trouble.
   *
   * @param wasOpen it was open when it was given the query
   * @param wasOfUse it had brought a message
   */
  boolean countLoss(boolean wasOpen, boolean wasOfUse) {
    boolean ordinary = wasOfUse || wasOpen && !forgiven;
    forgiven |= !wasOfUse;
    return !ordinary;
  }

  /** Counts a lost connection that had answered others. Returns whether the query is the cause. */
  boolean countLossAfterAnswers() {
    return ++lost >= MOST;
  }
}
