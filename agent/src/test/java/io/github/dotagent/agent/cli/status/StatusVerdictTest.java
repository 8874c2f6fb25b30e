package io.github.dotagent.agent.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusVerdictTest {
  private final Map<String, Object> resolver = Looks.resolver();

  private String ofStates(String... statesAndZones) {
    List<Map<String, Object>> servers = new ArrayList<>();
    for (String each : statesAndZones) {
      Map<String, Object> server = Looks.upstream();
      server.put("State", each.replaceFirst("@.*", ""));
      server.put("Zone", each.contains("@") ? each.replaceFirst(".*@", "") : "");
      servers.add(server);
    }
    return StatusVerdict.of(Looks.of(1_000, resolver, servers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          in use        | ready        | names resolve: yes, 2 of 2 servers usable
          untried       | late         | names resolve: yes, 2 of 2 servers usable
          in use        | unreachable  | names resolve: yes, 1 of 2 servers usable
          backing off   | unreachable  | names resolve: NO, none of 2 servers is usable; no name leaves in the clear
          untrusted     | untrusted    | names resolve: NO, none of 2 servers is usable; no name leaves in the clear
          """)
  void strict(String one, String other, String verdict) {
    assertEquals(verdict, ofStates(one, other));
  }

  @Test
  void aSingleServer() {
    assertEquals("names resolve: yes, 1 of 1 server usable", ofStates("in use"));
  }

  /** Only while none can be reached (profile=opportunistic). */
  @Test
  void opportunistic() {
    resolver.put("Profile", "opportunistic");
    assertEquals(
        "names resolve: by the system resolver, IN THE CLEAR; none of 2 servers is usable",
        ofStates("unreachable", "unreachable"));
    assertEquals(
        "names resolve: NO, none of 2 servers is usable; no name leaves in the clear",
        ofStates("unreachable", "backing off"));
    assertEquals(
        "names resolve: NO, none of 2 servers is usable; no name leaves in the clear",
        ofStates("unreachable", "untrusted"));
  }

  @Test
  void zones() {
    assertEquals(
        "names resolve: yes, 1 of 1 server usable; in zone corp.example: NO, none of 2 servers is"
            + " usable; no name leaves in the clear",
        ofStates("in use", "unreachable@corp.example", "untrusted@corp.example"));
  }

  @Test
  void withoutProtection() {
    resolver.put("Mode", "observe");
    assertEquals("the system resolver answers, in the clear (mode=observe)", ofStates("in use"));
    resolver.put("HookInPlace", false);
    assertEquals(
        "lookups DO NOT REACH THE AGENT, and leave in the clear: see hook", ofStates("in use"));
    resolver.put("Hook", "the hook is lost; lookups are refused (install=abort)");
    assertEquals("lookups DO NOT REACH THE AGENT, and are refused: see hook", ofStates("in use"));
  }

  @Test
  void anAgentThatReportsNoServer() {
    assertNull(ofStates());
    assertNull(StatusVerdict.of(Looks.of(1_000, resolver, List.of(Map.of()))));
  }
}
