package io.github.dotagent.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,0.0.0.0",
    "192.0.2.10,192.0.2.10",
    "255.255.255.255,255.255.255.255",
    "::,0:0:0:0:0:0:0:0",
    "::1,0:0:0:0:0:0:0:1",
    "2001:DB8::1,2001:db8:0:0:0:0:0:1",
    "2001:db8:0:0:0:0:192.0.2.1,2001:db8:0:0:0:0:c000:201",
    "fe80::1%1,fe80:0:0:0:0:0:0:1%1"
  })
  void addresses(String text, String address) {
    assertEquals(Optional.of(address), AddressLiteral.parse(text).map(InetAddress::getHostAddress));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        "1.2.3.256",
        "1.2.3.0004",
        "1.2.3.04",
        "1.2.3.-4",
        "1.2.3.+4",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "1.2.3.\u0664",
        "localhost",
        "a:b",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "::g",
        "1.2.3.4:853",
        "[::1]",
        "::1]",
        "[1.2.3.4]",
        " ::1",
        "fe80::1%no-such-interface"
      })
  void notAddresses(String text) {
    assertEquals(Optional.empty(), AddressLiteral.parse(text));
  }

  @Test
  void anIpv4AddressInIpv6IsTheIpv4Address() {
    InetAddress mapped = AddressLiteral.parse("::ffff:192.0.2.1").orElseThrow();
    assertEquals(Inet4Address.class, mapped.getClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "fe80::1%1"})
  void theParsedAddressHasNoHostName(String text) {
    String printed = AddressLiteral.parse(text).orElseThrow().toString();
    assertEquals('/', printed.charAt(0), printed);
  }
}
