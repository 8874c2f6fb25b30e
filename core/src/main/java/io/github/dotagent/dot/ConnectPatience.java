package io.github.dotagent.dot;

/**
 * How long a TCP connect to one server may take. Mostly a short time: the kernel sends its first
 * packet again after 1 s (RFC 6298 §2.1) and then waits longer each time, so a new attempt notices
 * sooner that the network is back. A server that is far away, or behind a dial-up line, always
 * takes longer. So every second attempt has more time, and every attempt once such a connect has
 * succeeded. Safe for use by any number of threads.
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
   * The server has accepted the connection.
   *
   * @param millis after this time
   */
  void connected(long millis) {
    isLong = millis >= USUAL_MILLIS;
  }

  /**
   * The server has not accepted the connection in time.
   *
   * @param millis how long the attempt had
   */
  void late(int millis) {
    isLong = millis < LONG_MILLIS;
  }
}
