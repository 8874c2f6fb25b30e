package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.files.SearchPolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLineTest {
  private final CountedReport report =
      new CountedReport(new TextReport(new PrintWriter(new StringWriter())));

  private static NamePolicy policy(boolean opportunistic, String... suffixes) {
    return new NamePolicy(
        List.of(suffixes), suffixes.length > 0, null, SearchPolicy.OFF, opportunistic);
  }

  @Test
  void allIsWell() {
    assertEquals(
        "Names resolve: yes, on 2 of 4 servers. In the clear: at most names of this network (names"
            + " of one label and names under local, home.arpa). Nothing is wrong.",
        LastLine.of(
            2,
            4,
            List.of(),
            false,
            policy(false, "local", "home.arpa", "10.in-addr.arpa"),
            report));
    assertEquals(
        "Names resolve: yes, on 1 of 1 server. In the clear: nothing. Nothing is wrong.",
        LastLine.of(1, 1, List.of(), false, policy(false), report));
  }

  @Test
  void theFirstCauseIsWhatToDoFirst() {
    report.found(Finding.note("a note", "look at it"));
    report.found(Finding.fail("port 853 is blocked", "have the firewall let it out"));
    report.found(Finding.fail("another", "later"));
    assertEquals(
        "Names resolve: no, on none of 1 server. In the clear: every name while no server can be"
            + " reached (dotagent.profile=opportunistic). Failed checks: 2; first: have the"
            + " firewall let it out.",
        LastLine.of(0, 1, List.of(), false, policy(true), report));
  }

  /** A chain that fails because of the clock points to the clock, and says no more. */
  @Test
  void aConsequenceIsNotNamedFirst() {
    report.found(Finding.failFor("certificate not yet valid", "see below"));
    report.found(Finding.fail("this machine's clock", "set the clock"));
    String line = LastLine.of(0, 1, List.of(), false, policy(false), report);
    assertTrue(line.endsWith(" Failed checks: 2; first: set the clock."), line);
  }

  @Test
  void aZoneWithoutServers() {
    assertEquals(
        "Names resolve: not all, on 2 of 4 servers, none of them for zone corp.example. In the"
            + " clear: nothing. Nothing is wrong.",
        LastLine.of(2, 4, List.of("zone corp.example"), false, policy(false), report));
  }

  @Test
  void switchedOff() {
    assertEquals(
        "Names resolve: yes, on 1 of 1 server. In the clear: every name (dotagent.enabled=false)."
            + " Nothing is wrong.",
        LastLine.of(1, 1, List.of(), true, policy(false), report));
  }
}
