package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.resolver.files.SearchPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which names go elsewhere by other settings. */
class OtherPolicyTest {
  private static final List<String> LOCAL = List.of("local");

  private final Witnesses witnesses = new Witnesses();

  private static NamePolicy policy(
      List<String> suffixes, boolean singleLabel, Map<String, ZoneTarget> zones) {
    return new NamePolicy(suffixes, singleLabel, null, SearchPolicy.OFF, false, zones);
  }

  private PolicyResolver before(NamePolicy policy) {
    return Resolvers.with(witnesses, policy);
  }

  private PolicyResolver after(PolicyResolver before, NamePolicy policy) {
    return before.next(witnesses.dot(), policy, Resolvers.TIMEOUT);
  }

  @Test
  void equalSettingsMoveNoName() {
    PolicyResolver before = before(policy(LOCAL, true, Map.of()));
    assertFalse(before.isMovedBy(after(before, policy(List.of("local"), true, Map.of()))));
  }

  @Test
  void namesBelowANewSystemSuffix() {
    PolicyResolver before = before(policy(LOCAL, true, Map.of()));
    PolicyResolver after = after(before, policy(List.of("local", "corp.example"), true, Map.of()));
    assertTrue(before.isMovedBy(after));
    assertTrue(before.isMovedBy(after, "www.corp.example"));
    assertFalse(before.isMovedBy(after, "www.example"));
    assertTrue(after.isMovedBy(before, "www.corp.example"));
  }

  @Test
  void thoseOfAZone() {
    PolicyResolver before = before(policy(LOCAL, true, Map.of()));
    PolicyResolver after =
        after(before, policy(LOCAL, true, Map.of("corp.example", ZoneTarget.OWN_SERVERS)));
    assertTrue(before.isMovedBy(after, "www.corp.example"));
    assertFalse(before.isMovedBy(after, "www.example"));
    PolicyResolver system =
        after(after, policy(LOCAL, true, Map.of("corp.example", ZoneTarget.SYSTEM)));
    assertTrue(after.isMovedBy(system, "www.corp.example"));
  }

  @Test
  void thoseOfOneLabel() {
    PolicyResolver before = before(policy(LOCAL, true, Map.of()));
    PolicyResolver after = after(before, policy(LOCAL, false, Map.of()));
    assertTrue(before.isMovedBy(after, "printer"));
    assertFalse(before.isMovedBy(after, "www.example"));
  }
}
