package io.github.dotagent.resolver;

import static io.github.dotagent.resolver.ZoneTarget.OWN_SERVERS;
import static io.github.dotagent.resolver.ZoneTarget.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.resolver.files.SearchPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of two settings leaves more names to the system resolver, and what a policy keeps. */
class NamePolicyTest {
  private static NamePolicy policy(List<String> suffixes, Map<String, ZoneTarget> zones) {
    Path hosts = Path.of("/etc/hosts");
    SearchPolicy search = SearchPolicy.ofSystem(Path.of("/etc/resolv.conf"), null, null);
    return new NamePolicy(suffixes, true, hosts, search, true, zones);
  }

  private static void assertMore(boolean more, NamePolicy one, NamePolicy other) {
    assertEquals(more, one.leavesMoreToSystemThan(other));
  }

  @Test
  void equalSettingsLeaveTheSame() {
    NamePolicy one = policy(List.of("local"), Map.of("lan.example", SYSTEM));
    assertMore(false, one, policy(List.of("local"), Map.of("lan.example", SYSTEM)));
  }

  @Test
  void aSuffixMoreLeavesMore() {
    NamePolicy fewer = policy(List.of("local"), Map.of());
    NamePolicy more = policy(List.of("local", "lan.example"), Map.of());
    assertMore(true, more, fewer);
    assertMore(false, fewer, more);
  }

  @Test
  void aSuffixBelowAnotherLeavesNoMore() {
    NamePolicy wide = policy(List.of("example"), Map.of());
    NamePolicy narrow = policy(List.of("lan.example"), Map.of());
    assertMore(true, wide, narrow);
    assertMore(false, narrow, wide);
  }

  @Test
  void aZoneOfTheSystemIsAsASuffix() {
    NamePolicy zone = policy(List.of(), Map.of("lan.example", SYSTEM));
    NamePolicy suffix = policy(List.of("lan.example"), Map.of());
    assertMore(false, zone, suffix);
    assertMore(false, suffix, zone);
    assertMore(true, zone, policy(List.of(), Map.of()));
  }

  @Test
  void aZoneWithServersOfItsOwnWinsOverAnEqualSuffix() {
    NamePolicy own = policy(List.of("lan.example"), Map.of("lan.example", OWN_SERVERS));
    NamePolicy suffix = policy(List.of("lan.example"), Map.of());
    assertMore(false, own, suffix);
    assertMore(true, suffix, own);
  }

  @Test
  void aZoneWithinASuffixOfTheOtherCounts() {
    NamePolicy hole = policy(List.of("example"), Map.of("corp.example", OWN_SERVERS));
    NamePolicy whole = policy(List.of("example"), Map.of());
    assertMore(true, whole, hole);
    assertMore(false, hole, whole);
  }

  @Test
  void withoutFilesItReadsNone() {
    NamePolicy bare = policy(List.of("local"), Map.of("lan.example", SYSTEM)).withoutFiles();
    assertEquals(Optional.empty(), bare.hostsFile());
    assertSame(SearchPolicy.OFF, bare.search());
    assertEquals(List.of("local"), bare.systemSuffixes());
    assertEquals(Map.of("lan.example", SYSTEM), bare.zones());
    assertTrue(bare.singleLabelIsSystem());
    assertTrue(bare.clearTextFallback());
  }

  @Test
  void aDomainIsInTheLongestZone() {
    NamePolicy policy = policy(List.of(), Map.of("example", SYSTEM, "corp.example", OWN_SERVERS));
    assertEquals(OWN_SERVERS, policy.zoneOf("a.corp.example"));
    assertEquals(SYSTEM, policy.zoneOf("b.example"));
    assertNull(policy.zoneOf("example.org"));
  }

  @Test
  void secureDomainsAreKept() {
    NamePolicy policy = policy(List.of(), Map.of());
    assertFalse(policy.secureDomains().contains("corp.example"));
    NamePolicy secure = policy.withSecureDomains(List.of("corp.example"));
    assertEquals(List.of("corp.example"), secure.secureDomains());
    assertEquals(List.of("corp.example"), secure.withoutFiles().secureDomains());
  }
}
