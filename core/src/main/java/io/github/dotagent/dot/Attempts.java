package io.github.dotagent.dot;

/**
 * How often a query may go out again after the connection it was sent on was lost. An exchange with
 * one server in the life of one query; for one thread at a time.
 *
 * <p>A server may close a connection whenever it likes (RFC 7766 §6.2.4), some do so after each few
 * queries: as long as a connection had brought anything at all, the next one is tried. One that
 * never said a word is forgiven once, for it may have been closing already when the query came.
 */
final class Attempts {
  /** A server that answers one query a connection still gets through a burst of these. */
  static final int MOST = 16;

  private int made = 1;
  private boolean forgiven;

  /**
   * Whether another one may be made.
   *
   * @param wasOpen the lost connection was open when it was given the query
   * @param wasOfUse it had brought a message
   */
  boolean another(boolean wasOpen, boolean wasOfUse) {
    boolean allowed = wasOfUse || wasOpen && !forgiven;
    forgiven |= !wasOfUse;
    return allowed && ++made <= MOST;
  }
}
