package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.resolver.files.SearchPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a name in a library's own query goes: always to one place. */
class LibraryNamesTest {
  private static final Map<String, ZoneTarget> ZONES =
      Map.of("corp.example", ZoneTarget.OWN_SERVERS, "lan.example", ZoneTarget.SYSTEM);

  private final PolicyResolver resolver =
      Resolvers.with(
          new Witnesses(),
          new NamePolicy(List.of("local"), true, null, SearchPolicy.OFF, false, ZONES));

  @ParameterizedTest
  @CsvSource({
    "www.example,       over TLS",
    "_dns.corp.example, over TLS",
    "tv.local,          system",
    "printer,           system",
    "nas.lan.example,   system",
    "localhost,         loopback",
    "a.localhost,       loopback",
    "a.invalid,         none",
    "a.onion,           none",
    "a.alt,             none"
  })
  void aNameGoesToOnePlace(String name, String place) {
    assertEquals(place.equals("over TLS"), resolver.goesOverTls(name));
    assertEquals(place.equals("system"), resolver.isSystems(name));
    assertEquals(place.equals("loopback"), resolver.isLoopback(name));
    assertEquals(place.equals("none"), resolver.isNoServers(name));
  }

  @Test
  void theRuleIsTheLongestZone() {
    assertEquals("corp.example", resolver.zoneRuleOf("db.corp.example"));
    assertEquals("lan.example", resolver.zoneRuleOf("lan.example"));
    assertEquals(null, resolver.zoneRuleOf("tv.local"), "a suffix is no zone");
    assertEquals(null, resolver.zoneRuleOf("www.example"));
  }
}
