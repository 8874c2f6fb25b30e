package io.github.dotagent.wire;

import java.time.Duration;

/** How long a server says that it keeps an idle connection: edns-tcp-keepalive, RFC 7828. */
final class KeepAlive {
  private static final int OPTION = 11; // RFC 7828 §3.1
  private static final int UNIT_MILLIS = 100; // RFC 7828 §3.1
  private static final int TIMEOUT = 2; // octets, RFC 7828 §3.1

  private KeepAlive() {}

  /** Null when the server says nothing of it. */
  static Duration of(DnsMessage message) throws ResponseException {
    byte[] told = message.option(OPTION);
    if (told == null || told.length != TIMEOUT) {
      return null;
    }
    int units = (told[0] & 0xff) << 8 | told[1] & 0xff;
    return Duration.ofMillis((long) units * UNIT_MILLIS);
  }
}
