package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dnssec.ZoneAnchors.WrongAnchorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New settings keep the verdicts of a cache only if they would give the same ones. */
class DnssecPolicyTest {
  private static final List<String> NONE = List.of();

  private static ZoneAnchors with(String line) throws WrongAnchorException {
    return ZoneAnchors.of(line.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean areSame(DnssecPolicy one, DnssecPolicy other) {
    boolean same = DnssecPolicy.areSame(one, other);
    assertEquals(same, DnssecPolicy.areSame(other, one));
    return same;
  }

  @Test
  void equalPartsAreTheSame() throws WrongAnchorException {
    assertTrue(areSame(null, null));
    DnssecPolicy policy = new DnssecPolicy(true, NONE, ZoneAnchors.ofIana());
    assertTrue(areSame(policy, new DnssecPolicy(true, NONE, ZoneAnchors.ofIana())));
    assertTrue(
        areSame(
            new DnssecPolicy(true, List.of("a"), with("lan.example insecure")),
            new DnssecPolicy(true, List.of("a"), with("LAN.example. insecure ; ours"))));
  }

  @Test
  void eachPartCounts() throws WrongAnchorException {
    DnssecPolicy policy = new DnssecPolicy(true, NONE, ZoneAnchors.ofIana());
    assertFalse(areSame(policy, null));
    assertFalse(areSame(policy, new DnssecPolicy(false, NONE, ZoneAnchors.ofIana())));
    assertFalse(areSame(policy, new DnssecPolicy(true, List.of("a"), ZoneAnchors.ofIana())));
    assertFalse(areSame(policy, new DnssecPolicy(true, NONE, with("lan.example insecure"))));
    ZoneAnchors one = with("lan.example DS 1 13 2 " + "AB".repeat(32));
    ZoneAnchors other = with("lan.example DS 2 13 2 " + "AB".repeat(32));
    assertFalse(areSame(new DnssecPolicy(true, NONE, one), new DnssecPolicy(true, NONE, other)));
  }

  @Test
  void aNameIsInARequiredDomainOrInNone() {
    List<String> domains = new ArrayList<>(List.of("corp.example", "bank"));
    DnssecPolicy policy = new DnssecPolicy(false, domains, ZoneAnchors.ofIana());
    domains.clear();
    assertFalse(policy.validates());
    assertEquals(List.of("corp.example", "bank"), policy.required());
    assertEquals("corp.example", policy.requiredFor("db.corp.example"));
    assertEquals("bank", policy.requiredFor("bank"));
    assertNull(policy.requiredFor("mycorp.example"));
    assertNull(policy.requiredFor("example"));
  }
}
