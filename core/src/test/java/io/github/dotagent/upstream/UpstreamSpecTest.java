package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.net.AddressLiteral;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamSpecTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1@853",
    "::,::@853",
    "::1,::1@853",
    "1::,1::@853",
    "2606:4700:4700:0:0:0:0:1111,2606:4700:4700::1111@853",
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1@853",
    "2001:0:0:1:0:0:0:1,2001:0:0:1::1@853",
    "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1@853",
    "fe80::1%1,fe80::1%1@853"
  })
  void printsTheShortFormOfRfc5952(String address, String printed) {
    assertEquals(printed, new UpstreamSpec(literal(address), 853, null).toString());
  }

  @Test
  void partsAndForm() {
    UpstreamSpec spec = new UpstreamSpec(literal("192.0.2.1"), 8853, "dns.example");
    assertEquals("192.0.2.1@8853#dns.example", spec.toString());
    assertEquals(literal("192.0.2.1"), spec.address());
    assertEquals(Optional.of("dns.example"), spec.authenticationName());
    assertEquals(8853, spec.endpoint().getPort());
    assertFalse(spec.endpoint().isUnresolved());
    assertEquals(
        Optional.empty(), new UpstreamSpec(literal("::1"), 853, null).authenticationName());
  }

  @Test
  void byNameUntilItsAddressesAreKnown() {
    UpstreamSpec named = UpstreamSpec.byName("dns.example", 8853);
    assertTrue(named.isByName());
    assertEquals("dns.example@8853", named.toString());
    UpstreamSpec found = named.at(literal("2001:db8::1"));
    assertFalse(found.isByName());
    assertEquals("2001:db8::1@8853#dns.example", found.toString());
    assertNotEquals(named, found);
    assertEquals(named, UpstreamSpec.byName("dns.example", 8853));
  }

  @Test
  void equalWhenEveryPartIs() {
    UpstreamSpec spec = new UpstreamSpec(literal("::1"), 853, "a.example");
    UpstreamSpec same = new UpstreamSpec(literal("0:0:0:0:0:0:0:1"), 853, "a.example");
    assertEquals(spec, same);
    assertEquals(spec.hashCode(), same.hashCode());
    assertNotEquals(spec, new UpstreamSpec(literal("::2"), 853, "a.example"));
    assertNotEquals(spec, new UpstreamSpec(literal("::1"), 854, "a.example"));
    assertNotEquals(spec, new UpstreamSpec(literal("::1"), 853, "b.example"));
    assertNotEquals(spec, new UpstreamSpec(literal("::1"), 853, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void portsOutOfRange(int port) {
    InetAddress address = literal("::1");
    assertThrows(IllegalArgumentException.class, () -> new UpstreamSpec(address, port, null));
  }

  private static InetAddress literal(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }
}
