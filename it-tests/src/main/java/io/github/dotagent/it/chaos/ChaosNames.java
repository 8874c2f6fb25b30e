package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneBuilder;

/**
 * Each name has one right pair of addresses, which the name itself tells: {@code
 * ANY.kN.chaos.example.test} has 198.18.x.y and 2001:db8::N (RFC 2544, 3849). The program knows the
 * rule as well.
 */
final class ChaosNames {
  /** Enough that an answer to one question is seldom right for another. */
  private static final int DOMAINS = 1_000;

  private static final int OCTET = 256;

  /** Seconds: short enough that names expire, are asked for again, and grow stale all the time. */
  private static final int LONGEST_TTL = 5;

  private ChaosNames() {}

  static Zone right() {
    ZoneBuilder zone = Zone.builder().soa("example.test", LONGEST_TTL, LONGEST_TTL);
    for (int i = 0; i < DOMAINS; i++) {
      zone.addresses(
          "*.k" + i + ".chaos.example.test",
          1 + i % LONGEST_TTL,
          "198.18." + i / OCTET + "." + i % OCTET,
          "2001:db8::" + Integer.toHexString(i));
    }
    return zone.build();
  }

  /** Wrong answers of a server, which no client may believe, for a long time. */
  static Zone wrong() {
    ZoneBuilder zone = Zone.builder();
    for (int i = 0; i < DOMAINS; i++) {
      zone.addresses("*.k" + i + ".chaos.example.test", 3_600, "203.0.113.66", "2001:db8:bad::1");
    }
    return zone.addresses("*.gone.example.test", 3_600, "203.0.113.66").build();
  }
}
