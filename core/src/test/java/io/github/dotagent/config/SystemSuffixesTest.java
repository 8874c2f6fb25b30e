package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.loaded;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemSuffixesTest {
  private static final String NIBBLES_OF_ZERO = "0.".repeat(31);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "internal",
        "home.arpa",
        "cluster.local",
        "10.in-addr.arpa",
        "16.172.in-addr.arpa",
        "31.172.in-addr.arpa",
        "168.192.in-addr.arpa",
        "127.in-addr.arpa",
        "254.169.in-addr.arpa",
        "64.100.in-addr.arpa",
        "127.100.in-addr.arpa",
        "c.f.ip6.arpa",
        "d.f.ip6.arpa",
        "8.e.f.ip6.arpa",
        "b.e.f.ip6.arpa"
      })
  void byDefaultTheNetworkAround(String suffix) {
    assertTrue(SystemSuffixes.defaults().contains(suffix));
  }

  @Test
  void byDefaultOneAddressAlone() {
    assertTrue(SystemSuffixes.defaults().contains("0." + NIBBLES_OF_ZERO + "ip6.arpa"));
    assertTrue(SystemSuffixes.defaults().contains("1." + NIBBLES_OF_ZERO + "ip6.arpa"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15.172.in-addr.arpa",
        "32.172.in-addr.arpa",
        "63.100.in-addr.arpa",
        "128.100.in-addr.arpa",
        "2.0.192.in-addr.arpa",
        "in-addr.arpa",
        "c.e.f.ip6.arpa"
      })
  void byDefaultNothingPublic(String suffix) {
    assertFalse(SystemSuffixes.defaults().contains(suffix));
  }

  @Test
  void theDefaultIsInItsOwnNormalForm() throws ConfigException {
    List<String> all = SystemSuffixes.defaults();
    assertEquals(all, suffixes(String.join(",", all)));
    assertEquals(all.size(), new HashSet<>(all).size());
  }

  @Test
  void replaced() throws ConfigException {
    assertEquals(
        List.of("corp.example", "lan", "_x.lan"), suffixes(".Corp.Example. , lan,LAN,_x.lan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+corp.example", "+ corp.example", "+Corp.example.,local"})
  void added(String value) throws ConfigException {
    List<String> suffixes = suffixes(value);
    assertEquals(SystemSuffixes.defaults(), suffixes.subList(0, suffixes.size() - 1));
    assertEquals("corp.example", suffixes.get(suffixes.size() - 1));
  }

  @Test
  void offIsNoSuffixAtAll() throws ConfigException {
    assertEquals(List.of(), suffixes("off"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.corp.example | '*.corp.example' is not a domain name; did you mean corp.example?
          münchen.example | 'münchen.example' is not a domain name; did you mean xn--mnchen-3ya.example?
          . | '.' is not a domain name; write for example +corp.example
          a..b | 'a..b' is not a domain name; write for example +corp.example
          10.0.0.0 | '10.0.0.0' is not a domain name; write for example +corp.example
          corp,-x | '-x' is not a domain name; write for example +corp.example
          corp,+lan | the + that adds to the default is written once, before the first name
          ++lan | the + that adds to the default is written once, before the first name
          + | has an empty entry; write for example +corp.example
          corp,,lan | has an empty entry; did you mean corp,lan?
          off,lan | off must stand alone; remove it from the list
          """)
  void refusedWithAReason(String value, String reason) {
    assertEquals(
        "dotagent.system.suffixes=" + value + " (system property): " + reason,
        refused("system.suffixes=" + value));
  }

  @Test
  void lengths() throws ConfigException {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "a".repeat(61);
    assertEquals(List.of(longest), suffixes(longest));
    assertTrue(refused("system.suffixes=" + longest + "a").contains("is not a domain name"));
    assertTrue(refused("system.suffixes=" + label + "a").contains("is not a domain name"));
  }

  private static List<String> suffixes(String value) throws ConfigException {
    return loaded("system.suffixes=" + value).names().systemSuffixes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "+corp.example", "local,internal,arpa"})
  void noWarningWhileTheDefaultHolds(String value) throws ConfigException {
    assertEquals(Optional.empty(), warning(value));
  }

  @Test
  void noWarningWithoutTheSetting() throws ConfigException {
    assertEquals(Optional.empty(), SystemSuffixes.replacedDefault(given().load().names()));
  }

  @ParameterizedTest
  @CsvSource({
    "corp.example, 'local, internal, home.arpa, cluster.local, the reverse zones of private"
        + " addresses', corp.example",
    "'local,internal', 'home.arpa, the reverse zones of private addresses', 'local,internal'",
    "'local,internal,home.arpa', the reverse zones of private addresses,"
        + " 'local,internal,home.arpa'",
    "'cluster.local,arpa', 'local, internal', 'cluster.local,arpa'",
  })
  void warnsOfSuffixesThatTheListLeavesOut(String value, String missing, String more)
      throws ConfigException {
    assertEquals(
        "dotagent.system.suffixes without a + replaces its default: names under "
            + missing
            + " go to the upstreams; +"
            + more
            + " adds to the default",
        warning(value).orElseThrow());
  }

  private static Optional<String> warning(String value) throws ConfigException {
    return SystemSuffixes.replacedDefault(loaded("system.suffixes=" + value).names());
  }
}
