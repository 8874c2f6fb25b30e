package io.github.dotagent.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainTableTest {
  private static DomainTable<String> of(String... domains) {
    Map<String, String> all = new HashMap<>();
    for (String domain : domains) {
      all.put(domain, domain);
    }
    return new DomainTable<>(all);
  }

  @ParameterizedTest
  @CsvSource({
    "corp.example, corp.example",
    "db.corp.example, corp.example",
    "a.b.c.corp.example, corp.example",
    "dev.corp.example, dev.corp.example",
    "db.dev.corp.example, dev.corp.example",
    "xdev.corp.example, corp.example",
    "xcorp.example,",
    "example,",
    "corp.example.com,",
    "corp,",
    "local, local",
    "printer.local, local",
    "notlocal,",
    "'',",
    "'.',",
    "1.10.in-addr.arpa, 10.in-addr.arpa",
    "1.110.in-addr.arpa,",
  })
  void theLongestSuffixOfWholeLabels(String name, String expected) {
    assertEquals(
        expected, of("corp.example", "dev.corp.example", "local", "10.in-addr.arpa").longest(name));
  }

  @Test
  void anEmptyOneHasNothing() {
    assertNull(of().longest("www.example.com"));
  }

  @Test
  void aDomainOfOneLetterIsFoundToo() {
    DomainTable<String> table = of("x", "corp.example");
    assertEquals("x", table.longest("x"));
    assertEquals("x", table.longest("www.x"));
    assertNull(table.longest("y"));
    assertNull(table.longest("xx"));
  }

  /** Against the plain way, with names that share many hashes. */
  @Test
  void manyDomainsAreAllFound() {
    Random random = new Random(20);
    Map<String, String> all = new HashMap<>();
    while (all.size() < 10_000) {
      String domain = label(random) + "." + label(random) + (random.nextBoolean() ? ".a" : "");
      all.put(domain, domain);
    }
    DomainTable<String> table = new DomainTable<>(all);
    for (String domain : all.keySet()) {
      assertEquals(domain, table.longest(domain));
    }
    for (int i = 0; i < 20_000; i++) {
      String name = label(random) + "." + label(random) + "." + label(random) + ".a";
      assertEquals(plainly(all, name), table.longest(name), name);
    }
  }

  private static String label(Random random) {
    StringBuilder label = new StringBuilder();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      label.append((char) ('a' + random.nextInt(20)));
    }
    return label.toString();
  }

  private static String plainly(Map<String, String> all, String name) {
    for (String rest = name; ; rest = rest.substring(rest.indexOf('.') + 1)) {
      if (all.containsKey(rest)) {
        return rest;
      }
      if (rest.indexOf('.') < 0) {
        return null;
      }
    }
  }
}
