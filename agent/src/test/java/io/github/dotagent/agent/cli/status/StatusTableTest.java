package io.github.dotagent.agent.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTableTest {
  @Test
  void theWholeTable() {
    assertEquals(
        """
        dot-agent 1.0.0 in 4711: Java 17, up 3 h 12 min
        now        names resolve: yes, 2 of 2 servers usable
        hook       InetAddress patched
        in force   profile strict; JVM cache 1 s, negative 1 s
        lookups    2,000; failed 30: untrusted 4, malformed 5, server failure 6,
                   unreachable 7, timeout 8
        answers    literal 1, loopback 2, hosts 4, cache 1,900, stale 5, upstream 60,
                   zone 7, system 8
        in clear   8 names may have left in the clear; corp.example: 7, (one label): 1
        pins       mismatches 9
        cache      1,234 of 100,000 names; from memory 97.5 %
                   hits 3,900, misses 100, stale 1, coalesced 2, prefetches 3

        upstream                   state   conn wait     rtt  asked failed TLS pin
        192.0.2.53@853#dns.example in use     1    2 12.3 ms 12,345      3 1.3 ok
        [2001:db8::53]@853         untried    0    2       - 12,345      3 -   -

        last errors and warnings
          30 s ago: a.example: no answer
          no time here
        """,
        text(
            Looks.of(
                (3 * 60 + 12) * 60_000L,
                Looks.resolver(),
                List.of(Looks.upstream(), Looks.untried())),
            null));
  }

  /** Why the one that is away is away; what went wrong once with the other is over. */
  @Test
  void onlyAnUnreachableServerShowsItsError() {
    Map<String, Object> away = Looks.untried();
    away.put("State", "unreachable");
    away.put("LastError", "2026-03-01T11:58:00Z connection refused");
    Map<String, Object> well = Looks.upstream();
    well.put("LastError", "2026-03-01T11:50:00Z connection reset");
    Map<String, Object> resolver = Looks.resolver();
    resolver.put("FailuresUntrusted", 0L);
    resolver.put("FailuresMalformed", 0L);
    resolver.put("FailuresServerFailure", 0L);
    resolver.put("FailuresTimeout", 0L);
    resolver.put("PinMismatches", 0L);
    String text = text(Looks.of(1_000, resolver, List.of(well, away)), null);
    assertTrue(
        text.contains(" -   -\n  [2001:db8::53]@853: connection refused, 2 min 0 s ago\n\nlast"),
        text);
    assertFalse(text.contains("connection reset"), text);
    assertTrue(text.contains("lookups    2,000; failed 7: unreachable 7\nanswers"), text);
  }

  @Test
  void theFollowedFilesAndTheirProblemAreShown() {
    Map<String, Object> resolver = Looks.followed();
    String text = text(Looks.of(1_000, resolver, List.of(Looks.upstream())), null);
    assertTrue(
        text.contains(
            """
            files      read 1 min 2 s ago: /etc/agent.properties and 1 more; changed 3 times
                       NOT IN FORCE: timeout=never is wrong
            lookups"""),
        text);
    resolver.put("SettingsChanges", 0L);
    resolver.put("SettingsProblem", "");
    resolver.put("SettingsFiles", new String[] {"/etc/agent.properties"});
    text = text(Looks.of(1_000, resolver, List.of(Looks.upstream())), null);
    assertTrue(
        text.contains("files      read 1 min 2 s ago: /etc/agent.properties\nlookups "), text);
  }

  @Test
  void aHookThatWasRestoredIsShown() {
    Map<String, Object> resolver = Looks.resolver();
    resolver.put("HookLosses", 2L);
    String text = text(Looks.of(1_000, resolver, List.of(Looks.upstream())), null);
    assertTrue(text.contains("InetAddress patched; lost 2 times\n"), text);
  }

  /** That none matches is another thing than that none is set, and both than not to know. */
  @Test
  void showsHowThePinsMatched() {
    Map<String, Object> other = Looks.upstream();
    other.put("MatchedPin", "");
    Map<String, Object> resolver = Looks.resolver();
    List<Map<String, Object>> both = List.of(other, Looks.upstream());
    assertTrue(text(Looks.of(1_000, resolver, both), null).contains("  NO MATCH\n"));
    assertTrue(text(Looks.of(1_000, resolver, both), null).contains("  ok\n"));
    resolver.put("Pins", "none");
    String text = text(Looks.of(1_000, resolver, List.of(other, Looks.untried())), null);
    assertTrue(text.contains("servers    all pin none set\n"), text);
    resolver.remove("Pins");
    assertTrue(text(Looks.of(1_000, resolver, List.of(other)), null).contains(" 1.3 -\n"));
  }

  /** Pins are set for other servers alone ({@code pins=NAME=PIN}), and this one needs none. */
  @Test
  void aServerWithoutPinsAmongOthers() {
    Map<String, Object> without = Looks.upstream();
    without.put("MatchedPin", "");
    without.put("PinsSet", 0);
    List<Map<String, Object>> both = List.of(without, Looks.upstream());
    String text = text(Looks.of(1_000, Looks.resolver(), both), null);
    assertTrue(text.contains(" none set\n"), text);
    assertFalse(text.contains("NO MATCH"), text);
    without.remove("PinsSet");
    text = text(Looks.of(1_000, Looks.resolver(), both), null);
    assertTrue(text.contains("NO MATCH"), "an older agent does not tell: " + text);
  }

  @Test
  void ratesBetweenTwoLooks() {
    Map<String, Object> later = Looks.resolver();
    later.put("Lookups", 2_030L);
    later.put("Hits", 3_900L);
    later.put("Misses", 105L);
    String text =
        text(Looks.of(12_000, later, List.of()), Looks.of(10_000, Looks.resolver(), List.of()));
    assertTrue(text.contains("lookups    2,030 (15.0/s); failed 30"), text);
    assertTrue(text.contains("hits 3,900 (0.0/s), misses 105 (2.5/s), stale 1"), text);
  }

  /** Two looks within a millisecond give no rate. */
  @Test
  void noRateWithoutTimeBetweenTheLooks() {
    StatusSnapshot look = Looks.of(10_000, Looks.resolver(), List.of());
    assertFalse(text(look, look).contains("/s"));
  }

  @Test
  void anAgentWithoutTheKnownAttributes() {
    StatusSnapshot look = Looks.of(1_000, Map.of(), List.of(Map.of()));
    String text = text(look, look);
    assertTrue(text.contains("dot-agent - in 4711: Java 17, up 1 s"), text);
    assertTrue(text.contains("lookups    -; failed -\n"), text);
    assertTrue(text.contains("cache      - of - names; from memory -"), text);
    assertTrue(text.contains("last errors and warnings: -"), text);
  }

  @Test
  void queriesPastTheAgentAreShown() {
    Map<String, Object> resolver = Looks.resolver();
    resolver.put("LastErrors", new String[0]);
    resolver.put("BypassesSeen", new String[] {"Netty's resolver, 127.0.0.53 port 53"});
    String text = text(Looks.of(1_000, resolver, List.of()), null);
    assertTrue(
        text.endsWith(
            "last errors and warnings: none\n\nDNS past the agent\n  Netty's resolver, 127.0.0.53 port 53\n"),
        text);
  }

  /** The default upstreams on a machine where everything has happened. */
  @Test
  void fitsIntoEightyColumns() {
    List<Map<String, Object>> servers = new ArrayList<>();
    for (String address :
        List.of("1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001")) {
      Map<String, Object> server = Looks.upstream();
      server.put("Address", address + "@853#one.one.one.one");
      server.put("State", "backing off");
      server.put("MatchedPin", "");
      servers.add(server);
    }
    Map<String, Object> resolver = Looks.resolver();
    resolver.put("Pins", "none");
    resolver.put(
        "LastErrors", new String[] {"2026-03-01T11:59:30Z " + "why it failed ".repeat(30)});
    for (String line :
        StatusTable.of(Looks.of(1_000, resolver, servers), null, false, Paint.PLAIN)) {
      assertTrue(line.length() <= 80, line.length() + ": " + line);
    }
  }

  @Test
  void valuesOfAllServersAreShownOnce() {
    Map<String, Object> first = Looks.upstream();
    first.put("Address", "1.1.1.1@853#one.one.one.one");
    Map<String, Object> second = Looks.upstream();
    second.put("Address", "2606:4700:4700::1111@853#one.one.one.one");
    String text = text(Looks.of(1_000, Looks.resolver(), List.of(first, second)), null);
    assertTrue(
        text.contains(
            """

            servers    all @853#one.one.one.one, TLS 1.3, pin ok
            upstream              state   conn  wait      rtt   asked  failed
            1.1.1.1               in use     1     2  12.3 ms  12,345       3
            2606:4700:4700::1111  in use     1     2  12.3 ms  12,345       3
            """),
        text);
  }

  @Test
  void theServersOfAZoneAreBelowItsName() {
    Map<String, Object> second = Looks.upstream();
    second.put("Address", "10.0.0.53@853#dns.corp.example");
    second.put("Zone", "corp.example and 2 more");
    Map<String, Object> third = Looks.upstream();
    third.put("Address", "10.0.1.53@853#dns.corp.example");
    third.put("Zone", "corp.example and 2 more");
    List<Map<String, Object>> all = List.of(Looks.upstream(), second, third);
    String text = text(Looks.of(1_000, Looks.resolver(), all), null);
    List<String> firsts =
        text.lines()
            .dropWhile(line -> !line.startsWith("upstream "))
            .limit(5)
            .map(line -> line.split(" +", -1)[0])
            .toList();
    assertEquals(
        List.of(
            "upstream",
            "192.0.2.53@853#dns.example",
            "zone",
            "10.0.0.53@853#dns.corp.example",
            "10.0.1.53@853#dns.corp.example"),
        firsts,
        text);
    assertTrue(text.contains("\nzone       corp.example and 2 more\n"), text);
  }

  /** The one line that matters, and not four times. */
  @Test
  void equalFailuresAreFolded() {
    List<Map<String, Object>> servers = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      Map<String, Object> server = Looks.upstream();
      server.put("Address", "192.0.2." + i + "@853");
      server.put("State", "untrusted");
      server.put(
          "LastError",
          "2026-03-01T11:59:5"
              + (i + 4)
              + "Z pin mismatch (presented "
              + i
              + ") (53 times since 2026-03-01T11:56:5"
              + (i + 3)
              + "Z)");
      servers.add(server);
    }
    Map<String, Object> resolver = Looks.resolver();
    resolver.put(
        "LastErrors",
        new String[] {
          "2026-03-01T11:59:58Z a.example: no answer over TLS: x (3 times since"
              + " 2026-03-01T11:56:58Z)",
          "2026-03-01T11:59:57Z other",
          "2026-03-01T11:59:56Z b.example: no answer over TLS: x",
          "2026-03-01T11:59:30Z twice (2 times since 2026-03-01T11:59:00Z)"
        });
    String text = text(Looks.of(1_000, resolver, servers), null);
    assertTrue(
        text.contains(
            """

              all 4: pin mismatch (presented 4), 212 times in 3 min 4 s, last 2 s ago
            """),
        text);
    assertTrue(
        text.contains(
            """
            last errors and warnings
              2 s ago: a.example and 1 other: no answer over TLS: x (4 times in 3 min 0 s)
              3 s ago: other
              30 s ago: twice (2 times in 30 s)
            """),
        text);
  }

  /** One of two, and one of another version, whose error has no time. */
  @Test
  void repeatedErrorsOfOneServerAreCounted() {
    Map<String, Object> away = Looks.upstream();
    away.put("State", "unreachable");
    away.put(
        "LastError",
        "2026-03-01T11:59:50Z connection refused (7 times since 2026-03-01T11:59:38Z)");
    Map<String, Object> other = Looks.upstream();
    other.put("State", "backing off");
    other.put("LastError", "no time here");
    String text =
        text(Looks.of(1_000, Looks.resolver(), List.of(away, other, Looks.upstream())), null);
    assertTrue(
        text.contains(
            """
              192.0.2.53@853#dns.example: connection refused, 7 times in 12 s, last 10 s
                ago
              192.0.2.53@853#dns.example: no time here
            """),
        text);
  }

  @Test
  void certificatesThatEndSoon() {
    List<Map<String, Object>> servers = new ArrayList<>();
    for (double days : new double[] {13.9, 13.2, 14.1, 0.5, 1.5, -2.5}) {
      Map<String, Object> server = Looks.upstream();
      server.put("CertificateDaysLeft", days);
      servers.add(server);
    }
    String text = text(Looks.of(1_000, Looks.resolver(), servers), null);
    assertTrue(
        text.contains(
            """
              2 of 6: the certificate expires in 13 days
              192.0.2.53@853#dns.example: the certificate expires in less than a day
              192.0.2.53@853#dns.example: the certificate expires in 1 day
              192.0.2.53@853#dns.example: the certificate expired 2 days ago

            last errors and warnings
            """),
        text);
  }

  @Test
  void aClientCertificateThatEndsSoon() {
    Map<String, Object> server = Looks.upstream();
    server.put("ClientCertificateDaysLeft", 3.5);
    String text = text(Looks.of(1_000, Looks.resolver(), List.of(server)), null);
    assertTrue(
        text.contains("192.0.2.53@853#dns.example: the client certificate expires in 3 days"),
        text);
  }

  @Test
  void namesThatLeftInTheClear() {
    Map<String, Object> resolver = Looks.resolver();
    resolver.put("MayHaveBeenInClear", 0L);
    resolver.put("ClearSuffixes", new String[0]);
    assertTrue(
        text(Looks.of(1_000, resolver, List.of()), null)
            .contains("in clear   0 names may have left in the clear\n"));
    resolver.put("MayHaveBeenInClear", 20L);
    resolver.put("ClearSuffixes", new String[] {"a.example: 20"});
    resolver.put("NamesInClear", 12L);
    assertTrue(
        text(Looks.of(1_000, resolver, List.of()), null)
            .contains(
                """
                in clear   20 names may have left in the clear, 12 of them because no server
                           could be reached; a.example: 20
                """));
    resolver.remove("MayHaveBeenInClear"); // an agent of an older version
    assertTrue(
        text(Looks.of(1_000, resolver, List.of()), null)
            .contains("in clear   12 names, because no server could be reached\n"));
  }

  @Test
  void observingShowsWhatEnforceWouldChange() {
    String text = text(Looks.of(1_000, Looks.observing(), List.of()), null);
    assertTrue(text.contains("in force   mode OBSERVE; profile strict; JVM cache 1 s"), text);
    assertTrue(
        text.endsWith(
            """

            observed
              The system resolver answers the program: names leave in the clear as before,
                and the upstreams now see them as well, internal ones too unless
                system.suffixes or zones keep them.
              1,200 names answered the same
              3 names with other addresses over TLS, as CDNs have
              1 name known to the system resolver alone
              2 names not compared yet
              5 lookups were not compared: too many names
              - only the system knows: corp.example: 1 name, 40 lookups, such as
                db.corp.example
            settings to paste: the system resolver then answers for the names that only it knows
              -Ddotagent.system.suffixes=+corp.example
            with mode=enforce
              40 of 2,000 lookups would have failed, with the lines above 0
            """),
        text);
    assertFalse(text(Looks.of(1_000, Looks.resolver(), List.of()), null).contains("observed"));
  }

  @Test
  void allSettingsAreShownOnRequest() {
    Map<String, Object> resolver = Looks.resolver();
    resolver.put("Settings", new String[] {"timeout=5s (default)", "pins=none (default)"});
    StatusSnapshot look = Looks.of(1_000, resolver, List.of());
    assertFalse(text(look, null).contains("settings"));
    String text = String.join("\n", StatusTable.of(look, null, true, Paint.PLAIN));
    assertTrue(text.endsWith("\n\nsettings\n  timeout=5s (default)\n  pins=none (default)"), text);
  }

  @Test
  void coloursAreUsedOnlyOnATerminal() {
    Map<String, Object> server = Looks.untried();
    server.put("State", "untrusted");
    StatusSnapshot look = Looks.of(1_000, Looks.resolver(), List.of(server));
    String coloured = String.join("\n", StatusTable.of(look, null, false, Paint.COLOURED));
    assertTrue(coloured.contains(" \u001b[31muntrusted\u001b[m "), coloured);
    assertFalse(text(look, null).contains("\u001b"));
    assertEquals(Paint.COLOURED, Paint.of("auto", true, Map.of()));
    assertEquals(Paint.PLAIN, Paint.of("auto", true, Map.of("NO_COLOR", "1")));
    assertEquals(Paint.PLAIN, Paint.of("auto", false, Map.of()));
    assertEquals(Paint.COLOURED, Paint.of("always", false, Map.of("NO_COLOR", "1")));
    assertEquals(Paint.PLAIN, Paint.of("never", true, Map.of()));
  }

  private static String text(StatusSnapshot look, StatusSnapshot before) {
    return String.join("\n", StatusTable.of(look, before, false, Paint.PLAIN)) + "\n";
  }
}
