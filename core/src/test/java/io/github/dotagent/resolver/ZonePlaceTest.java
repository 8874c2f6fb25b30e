package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code zones}: which names they take, and which they leave. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZonePlaceTest {
  private static final Map<String, ZoneTarget> ZONES =
      zones(
          "corp.example", ZoneTarget.OWN_SERVERS,
          "dmz.corp.example", ZoneTarget.DEFAULT_SERVERS,
          "old.corp.example", ZoneTarget.SYSTEM,
          "lab.old.corp.example", ZoneTarget.OWN_SERVERS,
          "lan", ZoneTarget.OWN_SERVERS,
          "local", ZoneTarget.OWN_SERVERS,
          "prod.internal", ZoneTarget.OWN_SERVERS,
          "public.internal", ZoneTarget.DEFAULT_SERVERS,
          "10.in-addr.arpa", ZoneTarget.OWN_SERVERS,
          "in-addr.arpa", ZoneTarget.OWN_SERVERS,
          "example.com", ZoneTarget.SYSTEM);

  private static final List<String> SUFFIXES =
      List.of("local", "internal", "10.in-addr.arpa", "168.192.in-addr.arpa", "x.corp.example");

  @TempDir Path folder;
  private final Witnesses witnesses = new Witnesses();

  private static Map<String, ZoneTarget> zones(Object... pairs) {
    Map<String, ZoneTarget> zones = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      zones.put((String) pairs[i], (ZoneTarget) pairs[i + 1]);
    }
    return zones;
  }

  private PolicyResolver resolver(Path hosts, SearchPolicy search) {
    witnesses.localHostName = "build-7.corp.example";
    return Resolvers.with(witnesses, new NamePolicy(SUFFIXES, true, hosts, search, false, ZONES));
  }

  /** The zone is empty for the servers of all other names, and a dash where none is asked. */
  @ParameterizedTest
  @CsvSource({
    "db.corp.example,          d:db.corp.example,          corp.example",
    "corp.example,             d:corp.example,             corp.example",
    "CORP.Example.,            d:corp.example,             corp.example",
    "xcorp.example,            d:xcorp.example,            ''",
    "www.dmz.corp.example,     d:www.dmz.corp.example,     ''",
    "a.old.corp.example,       s:a.old.corp.example,       -",
    "a.lab.old.corp.example,   d:a.lab.old.corp.example,   lab.old.corp.example",
    "y.x.corp.example,         s:y.x.corp.example,         -",
    "lan,                      d:lan,                      lan",
    "nas.lan,                  d:nas.lan,                  lan",
    "printer.local,            d:printer.local,            local",
    "db.prod.internal,         d:db.prod.internal,         prod.internal",
    "db.test.internal,         s:db.test.internal,         -",
    "a.public.internal,        d:a.public.internal,        ''",
    "www.example.com,          s:www.example.com,          -",
    "www.example.org,          d:www.example.org,          ''",
    "build-7.corp.example,     d:build-7.corp.example,     corp.example",
    "printer,                  s:printer,                  ''",
    "in-hosts.corp.example,    '',                         corp.example",
    "localhost,                '',                         -",
    "a.invalid,                '',                         -",
    "a.onion,                  '',                         -",
    "ipv4only.arpa,            s:ipv4only.arpa,            -",
    "_dns.resolver.arpa,       s:_dns.resolver.arpa,       -",
    "192.0.2.1,                '',                         ''",
  })
  void theLongestSuffixDecides(String host, String asked, String zone) throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.1 in-hosts.corp.example\n");
    PolicyResolver resolver = resolver(hosts, SearchPolicy.OFF);
    try {
      resolver.addresses(host, AddressFamilyPolicy.IPV4_ONLY);
    } catch (UnknownHostException refused) {
      // no server may be asked for it
    }
    assertEquals(asked.isEmpty() ? List.of() : List.of(asked), asked());
    String plain = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    assertEquals(zone.equals("-") ? null : zone, resolver.zoneOf(plain));
  }

  @Test
  void reverseZonesGoByTheLongestSuffixToo() throws UnknownHostException {
    PolicyResolver resolver = resolver(null, SearchPolicy.OFF);
    resolver.nameOf(new byte[] {10, 0, 0, 1});
    resolver.nameOf(new byte[] {(byte) 192, (byte) 168, 0, 1});
    resolver.nameOf(new byte[] {(byte) 192, 0, 2, 1});
    assertEquals(
        List.of("d:1.0.0.10.in-addr.arpa", "s:192.168.0.1", "d:1.2.0.192.in-addr.arpa"), asked());
    assertEquals("10.in-addr.arpa", resolver.zoneOf("1.0.0.10.in-addr.arpa"));
    assertEquals("in-addr.arpa", resolver.zoneOf("1.2.0.192.in-addr.arpa"));
    assertNull(resolver.zoneOf("1.0.168.192.in-addr.arpa"));
  }

  /**
   * The system resolver would look for {@code db.corp.example} by itself, in the clear: it is asked
   * for the name as it is alone, and for the domains of the list that are its own.
   */
  @ParameterizedTest
  @CsvSource({
    "db,    db.corp.example,   d:db.corp.example",
    "db,    db.internal.,      d:db.corp.example s:db.internal.",
    "db,    db.example.org,    d:db.corp.example s:db.internal. d:db.example.org",
    "db,    db.,               d:db.corp.example s:db.internal. d:db.example.org s:db.",
    "db.,   db.,               s:db.",
    "a.internal,    a.internal., s:a.internal.",
    "a.internal,    a.internal.corp.example, s:a.internal. d:a.internal.corp.example",
    "build, build.corp.example, d:build.corp.example",
  })
  void shortNamesAreLookedForInZonesOverTls(String host, String exists, String expected)
      throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("resolv.conf"), "search corp.example internal example.org\n");
    PolicyResolver resolver = resolver(null, SearchPolicy.ofSystem(conf, null, null));
    witnesses.exist(exists);
    resolver.addresses(host, AddressFamilyPolicy.IPV4_ONLY);
    assertEquals(List.of(expected.split(" ", -1)), asked());
  }

  @Test
  void withoutAZoneInTheListTheSystemSearchesByItself() throws IOException {
    Path conf = Files.writeString(folder.resolve("resolv.conf"), "search internal example.org\n");
    resolver(null, SearchPolicy.ofSystem(conf, null, null))
        .addresses("db", AddressFamilyPolicy.IPV4_ONLY);
    assertEquals(List.of("s:db"), asked());
  }

  /** Another's address in its place would be a guess, and an attacker could bring it about. */
  @Test
  void aZoneOutOfReachEndsTheSearch() throws IOException {
    Path conf =
        Files.writeString(folder.resolve("resolv.conf"), "search corp.example example.org\n");
    PolicyResolver resolver = resolver(null, SearchPolicy.ofSystem(conf, null, null));
    witnesses.failing.put(
        "db.corp.example",
        LookupFailure.of(
            List.of(
                new LookupFailure.Attempt(
                    "10.0.0.53@853", LookupFailure.Kind.UNREACHABLE, "connection refused", null))));
    assertEquals(
        "db (as db.corp.example): no answer over TLS: 10.0.0.53@853 connection refused",
        Resolvers.refusal(resolver, "db").getMessage());
    assertEquals(List.of("d:db.corp.example"), asked().subList(0, 1));
    assertTrue(asked().stream().noneMatch(line -> line.contains("example.org")), asked()::toString);
    assertEquals("corp.example", resolver.resolve("db", AddressFamilyPolicy.IPV4_ONLY).failedIn());
  }

  /** The rest of a chain of aliases, where it is for no server over TLS. */
  @ParameterizedTest
  @CsvSource({
    "db.internal,   s:db.internal.,  www.example.org/10.0.0.2",
    "a.localhost,   '',              www.example.org/127.0.0.1",
    "a.invalid,     '',              www.example.org: no such name (RFC 6761 reserves .invalid)",
  })
  void anAliasIsFollowedWhereItsSuffixSays(String next, String asked, String expected) {
    witnesses.answers(RecordType.A, Answer.alias(next, 60, Witnesses.SERVER));
    PolicyResolver resolver = resolver(null, SearchPolicy.OFF);
    String found;
    try {
      found =
          Resolvers.texts(resolver.addresses("www.example.org", AddressFamilyPolicy.IPV4_ONLY))
              .get(0);
    } catch (UnknownHostException refused) {
      found = refused.getMessage();
    }
    assertEquals(expected, found);
    assertEquals(("d:www.example.org " + asked).trim(), String.join(" ", asked()));
  }

  /** Nothing vouches for what the system resolver says: {@code dnssec.require}. */
  @ParameterizedTest
  @EnumSource(
      value = SecurityStatus.class,
      names = {"SECURE", "UNCHECKED"})
  void anAliasOfANameThatMustBeSecureDoesNotLeadToTheSystem(SecurityStatus status)
      throws UnknownHostException {
    Answer alias = Answer.alias("db.internal", 60, Witnesses.SERVER).with(status);
    witnesses.answers(RecordType.A, alias).answers(RecordType.AAAA, alias);
    NamePolicy policy =
        new NamePolicy(SUFFIXES, true, null, SearchPolicy.OFF, true, ZONES)
            .withSecureDomains(List.of("example.org"));
    PolicyResolver requiring = Resolvers.with(witnesses, policy);
    assertEquals(
        "www.example.org: no answer over TLS: 192.0.2.53 sent an alias to db.internal, which the"
            + " system resolver answers without signatures, and dnssec.require has example.org",
        Resolvers.refusal(requiring, "www.example.org").getMessage());
    assertEquals(List.of("d:www.example.org"), asked());
    assertEquals(
        "", requiring.resolve("www.example.org", AddressFamilyPolicy.IPV4_ONLY).failedIn());
    assertEquals(
        List.of("www.example.net/10.0.0.2"),
        Resolvers.texts(requiring.addresses("www.example.net", AddressFamilyPolicy.IPV4_ONLY)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          db.corp.example | db.corp.example: the servers of the zone corp.example, over TLS (zones)
          www.dmz.corp.example | www.dmz.corp.example: the upstreams, over TLS, because of its zone dmz.corp.example (zones)
          a.old.corp.example | a.old.corp.example: the system resolver, because of its zone old.corp.example (zones)
          y.x.corp.example | y.x.corp.example: the system resolver, because of its suffix x.corp.example (system.suffixes)
          www.example.org | www.example.org: the upstreams, over TLS
          printer | printer: the system resolver, because it has one label (system.singleLabel)
          """)
  void explained(String host, String expected) {
    NameExplanation explanation = resolver(null, SearchPolicy.OFF).explanation();
    assertEquals(expected, explanation.of(host).get(0).toString());
  }

  /** {@code profile=opportunistic} looks at the servers of the name's own zone alone. */
  @Test
  void eachZoneIsOutOfReachByItself() throws UnknownHostException {
    RecordedLog log = new RecordedLog();
    NamePolicy policy = new NamePolicy(SUFFIXES, true, null, SearchPolicy.OFF, true, ZONES);
    PolicyResolver resolver = Resolvers.with(witnesses, policy, new ManualTimers(), log);
    witnesses.outOfReachBelow = "corp.example";
    LookupFailure failure =
        LookupFailure.of(
            List.of(new LookupFailure.Attempt("x", LookupFailure.Kind.UNREACHABLE, "y", null)));
    witnesses.fails(RecordType.A, failure).fails(RecordType.AAAA, failure);
    resolver.addresses("db.corp.example", AddressFamilyPolicy.IPV4_ONLY);
    assertEquals(List.of("d:db.corp.example", "s:db.corp.example."), asked());
    assertEquals(
        "www.example.org: no answer over TLS: x y",
        Resolvers.refusal(resolver, "www.example.org").getMessage());
    assertEquals(
        List.of(
            "WARN no upstream of zone corp.example can be reached: until one answers, the system"
                + " resolver is asked, in the clear (profile=opportunistic)"),
        log.lines());
  }

  private List<String> asked() {
    return witnesses.asked().stream()
        .map(line -> line.charAt(0) + ":" + line.split(" ", -1)[1])
        .distinct()
        .toList();
  }
}
