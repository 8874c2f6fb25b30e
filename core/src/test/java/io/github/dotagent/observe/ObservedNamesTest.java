package io.github.dotagent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.EnforceModeAnswer;
import io.github.dotagent.resolver.EnforceModeLookup;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservedNamesTest {
  private static final String[] NOTHING = null;

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final Map<String, EnforceModeAnswer> answers = new HashMap<>();
  private final Map<String, String> zones = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private RuntimeException defect;
  private final ObservedNames names =
      new ObservedNames(new Enforced(), SameThread.THREADS, timers, log);

  private final class Enforced implements EnforceModeLookup {
    @Override
    public EnforceModeAnswer of(String host, AddressFamilyPolicy order, InetAddress[] seen) {
      asked.add(host);
      if (defect != null) {
        throw defect;
      }
      return answers.getOrDefault(
          host, new EnforceModeAnswer(List.of(), LookupOutcome.NO_SUCH_NAME, Source.UPSTREAM));
    }

    @Override
    public String systemsName(String host, AddressFamilyPolicy order) {
      return host.equals("searched") ? "searched.corp.example" : host;
    }

    @Override
    public String zoneOf(String name) {
      return zones.get(name);
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException notALiteral) {
      throw new AssertionError(notALiteral);
    }
  }

  private static InetAddress[] addresses(String... texts) {
    return texts == null
        ? null
        : Arrays.stream(texts).map(ObservedNamesTest::address).toArray(InetAddress[]::new);
  }

  private void overTls(String host, String... texts) {
    answers.put(
        host,
        new EnforceModeAnswer(List.of(addresses(texts)), LookupOutcome.FOUND, Source.UPSTREAM));
  }

  private void fails(String host, LookupOutcome outcome) {
    answers.put(host, new EnforceModeAnswer(List.of(), outcome, Source.UPSTREAM));
  }

  private void seen(String host, String... texts) {
    names.seen(host, AddressFamilyPolicy.IPV4_FIRST, addresses(texts));
  }

  private void later() {
    timers.advance(Duration.ofSeconds(2));
  }

  private ObserveReport report() {
    return report(null, null);
  }

  private ObserveReport report(String suffixes, String zones) {
    return names.latest(suffixes, zones);
  }

  /** A console asks for each figure by itself. */
  @Test
  void aReportIsReusedForASecond() {
    ObserveReport first = names.report(null, null);
    timers.advance(Duration.ofMillis(999));
    assertSame(first, names.report(null, null));
    timers.advance(Duration.ofMillis(1));
    assertNotSame(first, names.report(null, null));
  }

  @Test
  void comparesInTheBackgroundAndOnce() {
    overTls("www.shop.example", "192.0.2.1");
    seen("www.shop.example", "192.0.2.1");
    seen("WWW.shop.example", "192.0.2.1");
    assertEquals(List.of(), asked, "not on the program's thread");
    assertEquals(1, report().waiting());
    later();
    assertEquals(List.of("www.shop.example"), asked);
    assertEquals(1, report().names(Comparison.SAME));
    assertEquals(0, report().waiting());
    assertEquals(2, report().lookups());
    assertEquals(0, report().wouldHaveFailed());
    assertEquals(List.of(), report().lines());
    assertEquals(0, timers.waiting(), "nothing goes on");
  }

  @Test
  void againAfterTenMinutesIfItIsStillLookedUp() {
    seen("www.shop.example", "192.0.2.1");
    later();
    timers.advance(Duration.ofMinutes(9));
    seen("www.shop.example", "192.0.2.1");
    later();
    assertEquals(1, asked.size());
    timers.advance(Duration.ofMinutes(1));
    assertEquals(1, asked.size());
    seen("www.shop.example", "192.0.2.1");
    later();
    assertEquals(2, asked.size());
  }

  /** An outage is not held against a name for long. */
  @Test
  void aFailureAgainAfterAMinute() {
    fails("www.shop.example", LookupOutcome.UNREACHABLE);
    seen("www.shop.example", "192.0.2.1");
    later();
    assertEquals(1, report().names(Comparison.TLS_FAILS));
    assertEquals(1, report().wouldHaveFailed());
    overTls("www.shop.example", "192.0.2.1");
    timers.advance(Duration.ofMinutes(1));
    seen("www.shop.example", "192.0.2.1");
    later();
    assertEquals(0, report().names(Comparison.TLS_FAILS));
    assertEquals(1, report().names(Comparison.SAME));
    seen("www.shop.example", "192.0.2.1");
    assertEquals(2, report().wouldHaveFailed(), "those during the outage");
    assertEquals(3, report().lookups());
  }

  @Test
  void twentyASecondInTheOrderInWhichTheyCome() {
    for (int i = 0; i < 50; i++) {
      seen("a" + i + ".example", "192.0.2.1");
    }
    timers.advance(Duration.ofSeconds(1));
    assertEquals(20, asked.size());
    timers.advance(Duration.ofSeconds(1));
    assertEquals(40, asked.size());
    timers.advance(Duration.ofSeconds(1));
    assertEquals(50, asked.size());
    assertEquals("a49.example", asked.get(49));
  }

  /** A name that finds no place comes again. */
  @Test
  void aThousandWait() {
    for (int i = 0; i < 1_200; i++) {
      seen("a" + i + ".example", "192.0.2.1");
    }
    timers.advance(Duration.ofMinutes(2));
    assertEquals(1_000, asked.size());
    assertEquals(200, report().waiting());
    seen("a1100.example", "192.0.2.1");
    later();
    assertEquals("a1100.example", asked.get(1_000));
  }

  @Test
  void tenThousandNamesAreKept() {
    for (int i = 0; i < 10_005; i++) {
      seen("a" + i + ".example", "192.0.2.1");
    }
    seen("a".repeat(256), NOTHING);
    assertEquals(6, report().beyond());
    assertEquals(10_000, report().lookups());
  }

  @Test
  void addressesAreNoNames() {
    seen("192.0.2.1", "192.0.2.1");
    later();
    assertEquals(List.of(), asked);
    assertEquals(0, report().lookups());
  }

  /** As {@code db} is looked up inside and {@code www} on the Internet. */
  @Test
  void namesThatOnlyTheSystemKnows() {
    seen("db.corp.example", "10.0.0.1");
    seen("mail.corp.example", "10.0.0.2");
    seen("mail.corp.example", "10.0.0.2");
    overTls("www.shop.example", "192.0.2.1");
    seen("www.shop.example", "192.0.2.1");
    later();
    seen("db.corp.example", "10.0.0.1");
    seen("db.corp.example", NOTHING);
    assertEquals(
        List.of(
            "only the system knows: corp.example: 2 names, 5 lookups, such as db.corp.example,"
                + " mail.corp.example"),
        report().suffixes());
    assertEquals(List.of("-Ddotagent.system.suffixes=+corp.example"), report().lines());
    assertEquals(4, report().wouldHaveFailed(), "not the one that fails in any case");
    assertEquals(0, report().wouldStillFail());
  }

  @Test
  void suffixesThatAreSetStayInTheProposal() {
    seen("db.corp.example", "10.0.0.1");
    later();
    assertEquals(
        List.of("-Ddotagent.system.suffixes=+lan.example,corp.example"),
        report("+lan.example", null).lines());
    assertEquals(List.of("-Ddotagent.system.suffixes=corp.example"), report("off", null).lines());
  }

  /** The shortest suffix that has none of the names that go over TLS. */
  @Test
  void besideNamesThatGoOverTls() {
    seen("db.in.corp.example", "10.0.0.1");
    seen("x.y.in.corp.example", "10.0.0.1");
    seen("lone.corp.example", "10.0.0.1");
    overTls("www.corp.example", "192.0.2.1");
    seen("www.corp.example", "192.0.2.1");
    later();
    assertEquals(
        List.of("-Ddotagent.system.suffixes=+in.corp.example,lone.corp.example"), report().lines());
  }

  /** Of the two, the longer one wins. */
  @Test
  void aNameAboveThoseThatGoOverTls() {
    seen("corp.example", "10.0.0.1");
    overTls("www.corp.example", "192.0.2.1");
    seen("www.corp.example", "192.0.2.1");
    later();
    assertEquals(
        List.of(
            "-Ddotagent.system.suffixes=+corp.example",
            "-Ddotagent.zones=www.corp.example=default"),
        report().lines());
    assertEquals(
        "-Ddotagent.zones=a.example=system,www.corp.example=default",
        names.report(null, "a.example=system").lines().get(1));
  }

  /** By the name that the system found it by. */
  @Test
  void aNameOfTheSearchList() {
    seen("searched", "10.0.0.1");
    later();
    assertEquals(List.of("-Ddotagent.system.suffixes=+corp.example"), report().lines());
  }

  @Test
  void domainsOfManyOwnersAreNoSuffixes() {
    seen("a.b.co.uk", "10.0.0.1");
    seen("a.b.example.com", "10.0.0.1");
    seen("db.corp", "10.0.0.1");
    seen("fritz.box", "10.0.0.1");
    later();
    assertEquals(
        List.of("-Ddotagent.system.suffixes=+b.co.uk,corp,example.com,fritz.box"),
        report().lines());
  }

  /** A zone wins over a suffix that is not longer. */
  @Test
  void withinAZone() {
    zones.put("db.corp.example", "corp.example");
    zones.put("corp.example", "corp.example");
    seen("db.corp.example", "10.0.0.1");
    seen("corp.example", "10.0.0.1");
    later();
    assertEquals(List.of("-Ddotagent.system.suffixes=+db.corp.example"), report().lines());
    assertEquals(2, report().wouldHaveFailed());
    assertEquals(1, report().wouldStillFail(), "the zone's own name");
  }

  @Test
  void aNameOnlyKnownOverTlsWouldNotFail() {
    overTls("new.shop.example", "192.0.2.1");
    seen("new.shop.example", NOTHING);
    later();
    assertEquals(1, report().names(Comparison.ONLY_TLS));
    assertEquals(0, report().wouldHaveFailed());
    assertEquals(List.of(), report().lines());
    assertEquals(
        List.of("only TLS knows: shop.example: 1 name, 1 lookup, such as new.shop.example"),
        report().suffixes());
  }

  /** It may be of a zone that is seen inside alone. */
  @Test
  void aNameThatServersRefuseNeedsTheSystemResolver() {
    fails("db.corp.example", LookupOutcome.SERVER_FAILURE);
    seen("db.corp.example", "10.0.0.1");
    later();
    assertEquals(List.of("-Ddotagent.system.suffixes=+corp.example"), report().lines());
    assertEquals(
        List.of(
            "TLS fails (server failure): corp.example: 1 name, 1 lookup, such as db.corp.example"),
        report().suffixes());
    assertEquals(1, report().wouldHaveFailed());
    assertEquals(0, report().wouldStillFail());
  }

  /** It is no matter of the name. */
  @Test
  void serversThatCannotBeBelievedNeedNoLine() {
    fails("www.shop.example", LookupOutcome.UNTRUSTED);
    seen("www.shop.example", "192.0.2.1");
    later();
    assertEquals(List.of(), report().lines());
    assertEquals(1, report().wouldHaveFailed());
    assertEquals(1, report().wouldStillFail());
  }

  @Test
  void anErrorIsLoggedAndTheNameIsComparedAgain() {
    defect = new IllegalStateException("out of order");
    seen("www.shop.example", "192.0.2.1");
    later();
    assertEquals(1, report().waiting());
    assertEquals(
        List.of("WARN mode=observe: a name could not be compared: " + defect), log.lines());
    defect = null;
    seen("www.shop.example", "192.0.2.1");
    later();
    assertEquals(0, report().waiting());
  }

  @Test
  void manySuffixesAreCounted() {
    for (int i = 0; i < 30; i++) {
      seen("db.a" + i + ".example", "10.0.0.1");
    }
    timers.advance(Duration.ofSeconds(3));
    List<String> suffixes = report().suffixes();
    assertEquals(21, suffixes.size());
    assertEquals("and 10 more suffixes", suffixes.get(20));
    assertTrue(report().lines().get(0).contains("a29.example"));
  }

  @Test
  void nothingButDotsIsNoName() {
    seen("..", "192.0.2.1");
    seen(".", NOTHING);
    seen("", NOTHING);
    later();
    assertEquals(0, report().lookups());
    assertEquals(List.of(".."), SuffixTree.labels(".."));
  }

  @Test
  void theTreeOfSuffixesKeepsTheLastLabelsOnly() {
    SuffixTree tree = new SuffixTree(1);
    String tail = ".a".repeat(120) + ".example";
    tree.add("x" + tail, 0);
    tree.add("y" + tail, 0);
    assertEquals(SuffixTree.DEEPEST, tree.size());
    assertEquals("a.example", tree.shortest("x" + tail, java.util.Set.of(0), 1));
    assertEquals("x" + tail, tree.shortest("x" + tail, java.util.Set.of(), 1));
  }
}
