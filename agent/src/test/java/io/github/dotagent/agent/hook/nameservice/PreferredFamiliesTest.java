package io.github.dotagent.agent.hook.nameservice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.resolver.AddressFamilyPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferredFamiliesTest {
  @ParameterizedTest
  @CsvSource({
    // IPv6, java.net.preferIPv6Addresses, Java 8, order
    "false, , false, IPV4_ONLY",
    "false, true, false, IPV4_ONLY",
    "false, system, false, IPV4_ONLY",
    "false, true, true, IPV4_ONLY",
    "true, , false, IPV4_FIRST",
    "true, '', false, IPV4_FIRST",
    "true, false, false, IPV4_FIRST",
    "true, yes, false, IPV4_FIRST",
    "true, true, false, IPV6_FIRST",
    "true, TRUE, false, IPV6_FIRST",
    "true, system, false, SYSTEM",
    "true, System, false, SYSTEM",
    "true, , true, IPV4_FIRST",
    "true, false, true, IPV4_FIRST",
    "true, True, true, IPV6_FIRST",
    "true, system, true, IPV4_FIRST"
  })
  void theOrderFollowsThePropertiesAsInInetAddress(
      boolean ipv6Known, String preferIpv6Addresses, boolean java8, AddressFamilyPolicy expected) {
    assertEquals(expected, PreferredFamilies.order(ipv6Known, preferIpv6Addresses, java8));
  }
}
