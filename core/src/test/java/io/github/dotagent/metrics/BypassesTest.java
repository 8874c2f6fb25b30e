package io.github.dotagent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BypassesTest {
  private final Bypasses bypasses = new Bypasses();

  @Test
  void oneLineForEachServer() {
    Bypass first = bypasses.of("192.0.2.53@53");
    Bypass second = bypasses.of("192.0.2.54@53");
    assertTrue(first.addLibrary("org.xbill.DNS.SimpleResolver"));
    assertTrue(first.addLibrary("com.sun.jndi.dns.DnsClient"));
    assertFalse(first.addLibrary("org.xbill.DNS.SimpleResolver"));
    assertTrue(second.addLibrary("org.xbill.DNS.SimpleResolver"));
    first.count(Bypass.Fate.OVER_TLS);
    first.count(Bypass.Fate.OVER_TLS);
    first.count(Bypass.Fate.IN_CLEAR);
    assertSame(first, bypasses.of("192.0.2.53@53"));
    assertEquals(
        List.of(
            "192.0.2.53@53 asked by org.xbill.DNS.SimpleResolver, com.sun.jndi.dns.DnsClient:"
                + " 2 over TLS, 1 in the clear",
            "192.0.2.54@53 asked by org.xbill.DNS.SimpleResolver"),
        bypasses.texts());
  }

  @Test
  void aThousandServersAreSixtyFourAndOthers() {
    for (int i = 0; i < 1_000; i++) {
      bypasses.of("server " + i).count(Bypass.Fate.REFUSED);
    }
    List<String> texts = bypasses.texts();
    assertEquals(65, texts.size());
    assertEquals("server 63: 1 refused", texts.get(63));
    assertEquals("others: 936 refused", texts.get(64));
  }

  @Test
  void aThousandLibrariesAreEight() {
    Bypass bypass = bypasses.of("192.0.2.53@53");
    int news = 0;
    for (int i = 0; i < 1_000; i++) {
      news += bypass.addLibrary("Library" + i) ? 1 : 0;
    }
    assertEquals(8, news);
  }
}
