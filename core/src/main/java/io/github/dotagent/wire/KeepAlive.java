package io.github.dotagent.wire;

import java.time.Duration;

/** How long a server keeps an idle connection, as it says: edns-tcp-keepalive, RFC 7828. */
final class KeepAlive {
  private static final int OPTION = 11; // RFC 7828 §3.1
  private static final int OCTETS = 2; // RFC 7828 §3.1; none at all says nothing
  private static final int UNIT_MILLIS = 100; // RFC 7828 §3.1

  private KeepAlive() {}

  /** Null if the server sends no readable value. */
  static Duration of(ReceivedMessage message) {
    int data = message.option(OPTION);
    return data < 0 || message.optionLength(data) != OCTETS ? null : ofUnits(message.u16(data));
  }

  static Duration ofUnits(int units) {
    return Duration.ofMillis((long) units * UNIT_MILLIS);
  }
}
