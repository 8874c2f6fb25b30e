package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.net.AddressLiteral;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1035 §3.5 and the example of RFC 3596 §2.5. */
class ReverseNameTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 1.2.0.192.in-addr.arpa",
    "255.254.128.0, 0.128.254.255.in-addr.arpa",
    "4321:0:1:2:3:4:567:89ab, "
        + "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa",
    "fe80::ff, f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa"
  })
  void names(String address, String expected) {
    byte[] octets = AddressLiteral.parse(address).orElseThrow().getAddress();
    assertEquals(expected, ReverseName.of(octets));
  }
}
