package io.github.dotagent.dot;

/**
 * The connections that were lost under a query, and what that says of the server. A query with one
 * server in its life; for one thread at a time.
 *
 * <p>A server may close a connection whenever it likes (RFC 7766 §6.2.4), some do so after each few
 * queries: as long as a connection had brought anything at all, the next one is tried and nothing
 * is said. One that never said a word is forgiven once, for it may have been closing already when
 * the query came.
 */
final class RetryBudget {
  /**
   * A query that was sent on so many connections that had brought answers to others, and was lost
   * with each of them, is to blame itself. A server that takes one query a connection is found out
   * in half as many.
   */
  static final int MOST = 16;

  private int lost;
  private boolean forgiven;

  /**
   * A connection was lost. Whether the server is in trouble, as far as this query can tell.
   *
   * @param wasOpen it was open when it was given the query
   * @param wasOfUse it had brought a message
   */
  boolean showsTrouble(boolean wasOpen, boolean wasOfUse) {
    boolean ordinary = wasOfUse || wasOpen && !forgiven;
    forgiven |= !wasOfUse;
    return !ordinary;
  }

  /** Whether the query may be what these connections were lost of: one more was of use. */
  boolean isToBlame() {
    return ++lost >= MOST;
  }
}
