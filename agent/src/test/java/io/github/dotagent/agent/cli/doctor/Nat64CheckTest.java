package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.net.AddressLiteral;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class Nat64CheckTest {
  private static final String WELL_KNOWN = "64:ff9b::c000:aa";
  private static final String OWN = "2001:db8:64::c000:aa";

  private static Network network(boolean leadsToIpv4, String... madeUp) {
    return new Network() {
      @Override
      public boolean leadsToIpv4() {
        return leadsToIpv4;
      }

      @Override
      public List<InetAddress> ipv6Of(String name) {
        assertEquals("ipv4only.arpa", name);
        return addresses(madeUp);
      }
    };
  }

  private static List<InetAddress> addresses(String... texts) {
    return Arrays.stream(texts)
        .map(text -> AddressLiteral.parse(text).orElseThrow(AssertionError::new))
        .collect(Collectors.toList());
  }

  private static Finding find(Network network, String... servers) {
    return Nat64Check.of(network).orElseThrow(AssertionError::new).find(addresses(servers));
  }

  @Test
  void nothingToSayWhereIpv4CanBeReached() {
    assertFalse(Nat64Check.of(network(true, WELL_KNOWN)).isPresent());
  }

  @Test
  void nothingToSayWhereNoTranslatorIs() {
    assertFalse(Nat64Check.of(network(false)).isPresent());
  }

  @Test
  void aServerThatMakesUpTheSameAddresses() {
    Finding found = find(network(false, WELL_KNOWN), "64:ff9b::c000:ab", WELL_KNOWN);
    assertEquals(Finding.Grade.OK, found.verdict());
  }

  @Test
  void aServerThatMakesUpNone() {
    Finding found = find(network(false, WELL_KNOWN));
    assertEquals(Finding.Grade.FAIL, found.verdict());
    assertEquals(
        "IPv4 is behind a translator (NAT64): ipv4only.arpa is 64:ff9b::c000:aa, and this server"
            + " makes up none",
        found.text());
    assertTrue(
        found.remedies().get(0).contains("2606:4700:4700::64@853#dns64.cloudflare-dns.com"),
        found.remedies().toString());
  }

  @Test
  void aServerThatMakesUpThoseOfAnotherTranslator() {
    Finding found = find(network(false, OWN), WELL_KNOWN);
    assertEquals(Finding.Grade.FAIL, found.verdict());
    assertTrue(found.text().endsWith("says 64:ff9b::c000:aa"), found.text());
    assertTrue(found.remedies().get(0).contains("dns64-prefix"), found.remedies().toString());
    assertFalse(found.remedies().get(0).contains("2606:"), found.remedies().toString());
  }
}
