package io.github.dotagent.dot;

/**
 * How long a TCP connect to one server may take. Mostly not for long: the kernel sends its first
 * packet again after 1 s (RFC 6298 §2.1) and then waits ever longer, so that a fresh attempt finds
 * a network that is back sooner than the old one does. A server that is far away, or behind a line
 * that has to be dialled, takes longer than that with each attempt: every second one has more time,
 * and each one once such a connect was made. Safe for use by any number of threads.
 */
final class ConnectPatience {
  /** Two packets of the kernel's. */
  static final int USUAL_MILLIS = 1_500;

  /** Both attempts together take less than the default of {@code timeout}, 5 s. */
  static final int LONG_MILLIS = 3_000;

  private volatile boolean isLong;

  int millis() {
    return isLong ? LONG_MILLIS : USUAL_MILLIS;
  }

  /**
   * The server has taken the connection.
   *
   * @param millis after so long
   */
  void connected(long millis) {
    isLong = millis >= USUAL_MILLIS;
  }

  /**
   * It has not.
   *
   * @param millis what the attempt had
   */
  void late(int millis) {
    isLong = millis < LONG_MILLIS;
  }
}
