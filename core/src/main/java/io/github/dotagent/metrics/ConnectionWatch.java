package io.github.dotagent.metrics;

/** Learns the result of one connection attempt. One of the two methods is called, once. */
public interface ConnectionWatch {
  /**
   * It is connected and authenticated.
   *
   * @param upstream the server as the user writes it
   * @param tlsVersion as JSSE names it, such as {@code TLSv1.3}
   * @param resumed whether an earlier session was resumed (RFC 8446 §2.2, RFC 5077)
   * @param matchedPin the pin that the server has; null if no pins are set, or none matches
   */
  void connected(
      String upstream, String tlsVersion, String cipher, boolean resumed, String matchedPin);

  /**
   * It could not be made.
   *
   * @param reason in a few words, for people
   */
  void failed(String upstream, String reason);
}
