package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.dot.ExchangeFailures;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.ForwardedQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Two zones, {@code corp.example} and {@code lab.example}, and all other names: each is asked for
 * at its own servers, in the middle of a chain of aliases as well.
 */
@Timeout(20)
class ZonedUpstreamsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final Map<String, ScriptedTransport> transports = new LinkedHashMap<>();
  private final ZonedUpstreams zoned = zoned();

  private ZonedUpstreams zoned() {
    Map<String, UpstreamPool> zones = new LinkedHashMap<>();
    UpstreamPool rest = pool("", "192.0.2.1");
    zones.put("corp.example", pool("corp.example", "192.0.2.10"));
    zones.put("lab.example", pool("lab.example", "192.0.2.20"));
    zones.put("second.example", zones.get("corp.example"));
    return new ZonedUpstreams(
        rest, zones, ZonedUpstreamsTest::zoneOf, name -> name.contains("."), timers);
  }

  private static String zoneOf(String name) {
    if (name.endsWith("internal")) {
      return null;
    }
    for (String zone : List.of("corp.example", "lab.example", "second.example")) {
      if (name.equals(zone) || name.endsWith("." + zone)) {
        return zone;
      }
    }
    return "";
  }

  private UpstreamPool pool(String zone, String address) {
    ScriptedTransport transport = new ScriptedTransport(timers);
    transports.put(zone, transport);
    UpstreamSpec spec =
        new UpstreamSpec(AddressLiteral.parse(address).orElseThrow(), 853, "dns.example");
    Upstream upstream =
        new Upstream(
            spec,
            zone,
            transport,
            timers,
            new UpstreamStats(spec.toString(), timers, ScriptedPool.FULL_TERM, log));
    Servers servers = new Servers(List.of(Servers.Entry.of(upstream)), timers);
    OutageLog outage = new OutageLog(zone, "lookups fail", () -> 1, () -> 0, timers, log);
    return new UpstreamPool(servers, timers, TIMEOUT.toNanos(), log, outage);
  }

  private CompletableFuture<Answer> lookup(String name) {
    return zoned.lookup(Question.of(name, RecordType.A));
  }

  /** The names that the servers of a zone were asked for. */
  private List<String> asked(String zone) {
    List<String> names = new ArrayList<>();
    for (ScriptedTransport.Asked asked : transports.get(zone).all()) {
      names.add(message(asked.query()).getQuestion().getName().toString(true));
    }
    return names;
  }

  private static Message message(byte[] octets) {
    try {
      return new Message(octets);
    } catch (IOException damaged) {
      throw new AssertionError(damaged);
    }
  }

  /** Each record is {@code OWNER TTL A|CNAME|SOA DATA}; a leading number is the rcode. */
  private void answers(String zone, String... records) {
    ScriptedTransport.Asked asked = transports.get(zone).last();
    Message response = message(asked.query());
    response.getHeader().setFlag(Flags.QR);
    for (String text : records) {
      if (text.matches("[0-9]+")) {
        response.getHeader().setRcode(Integer.parseInt(text));
      } else {
        Record record = record(text);
        response.addRecord(
            record, record.getType() == Type.SOA ? Section.AUTHORITY : Section.ANSWER);
      }
    }
    asked.respond(response.toWire());
  }

  private static Record record(String text) {
    try {
      String[] parts = text.split(" ", -1);
      Name owner = Name.fromString(parts[0] + ".");
      int ttl = Integer.parseInt(parts[1]);
      switch (parts[2]) {
        case "A":
          return new ARecord(owner, DClass.IN, ttl, InetAddress.getByName(parts[3]));
        case "CNAME":
          return new CNAMERecord(owner, DClass.IN, ttl, Name.fromString(parts[3] + "."));
        default:
          return new SOARecord(owner, DClass.IN, ttl, Name.root, Name.root, 1, 1, 1, 1, ttl);
      }
    } catch (IOException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private static String text(CompletableFuture<Answer> future) throws Exception {
    Answer answer = future.get();
    if (answer.continuesAt() != null) {
      return "alias of " + answer.continuesAt() + " " + answer.ttlSeconds();
    }
    String addresses = "";
    for (byte[] address : answer.addresses()) {
      addresses += " " + InetAddress.getByAddress(address).getHostAddress();
    }
    return answer.outcome() + addresses + " " + answer.ttlSeconds() + " " + answer.server();
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.org, ''",
    "db.corp.example, corp.example",
    "corp.example, corp.example",
    "a.second.example, corp.example",
    "x.lab.example, lab.example",
  })
  void onlyTheServersOfTheZoneAreAsked(String name, String zone) {
    lookup(name);
    for (String each : transports.keySet()) {
      assertEquals(each.equals(zone) ? List.of(name) : List.of(), asked(each), each);
    }
  }

  @Test
  void aZoneThatFailsFails() {
    CompletableFuture<Answer> answer = lookup("db.corp.example");
    transports.get("corp.example").last().fail(ExchangeFailures.unreachable("connection refused"));
    LookupFailure failure = failure(answer);
    assertEquals(
        "no answer over TLS: 192.0.2.10@853#dns.example connection refused", failure.getMessage());
    assertEquals(List.of(), asked(""));
    assertTrue(zoned.isOutOfReach("db.corp.example"));
    assertFalse(zoned.isOutOfReach("www.example.org"));
    assertFalse(zoned.isOutOfReach("db.internal"));
    assertEquals(
        List.of(
            "WARN upstream 192.0.2.10@853#dns.example: connection refused (nothing listens, or a"
                + " firewall resets it); asked last until it answers again",
            "ERROR no upstream of zone corp.example is left (1 out of reach: connection refused):"
                + " lookups fail"),
        log.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList());
  }

  private static LookupFailure failure(CompletableFuture<?> answer) {
    assertTrue(answer.isDone());
    ExecutionException failed = assertThrows(ExecutionException.class, answer::get);
    return (LookupFailure) failed.getCause();
  }

  /** What a server says of a name that is another's is not believed. */
  @Test
  void anAliasThatLeavesTheZoneIsAskedForWhereItsSuffixSays() throws Exception {
    CompletableFuture<Answer> answer = lookup("www.corp.example");
    answers(
        "corp.example",
        "www.corp.example 50 CNAME cdn.example.org",
        "cdn.example.org 300 A 203.0.113.66");
    assertEquals(List.of("cdn.example.org"), asked(""));
    answers("", "cdn.example.org 300 A 203.0.113.1");
    assertEquals("RECORDS 203.0.113.1 50 192.0.2.1", text(answer));
  }

  @Test
  void anAliasIntoAZoneIsAskedFromItsServers() throws Exception {
    CompletableFuture<Answer> answer = lookup("www.example.org");
    answers(
        "",
        "www.example.org 300 CNAME a.example.org",
        "a.example.org 20 CNAME db.corp.example",
        "db.corp.example 300 A 203.0.113.66");
    answers("corp.example", "db.corp.example 100 A 10.0.0.1");
    assertEquals("RECORDS 10.0.0.1 20 192.0.2.10", text(answer));
    assertEquals(List.of("www.example.org"), asked(""));
  }

  @Test
  void aChainOutAndInAgain() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 300 CNAME b.lab.example");
    answers("lab.example", "b.lab.example 200 CNAME c.example.org");
    answers("", "c.example.org 100 CNAME d.corp.example");
    answers("corp.example", "d.corp.example 400 A 10.0.0.4");
    assertEquals("RECORDS 10.0.0.4 100 192.0.2.10", text(answer));
    assertEquals(List.of("a.corp.example", "d.corp.example"), asked("corp.example"));
  }

  /** The cache forgets it when names go elsewhere. */
  @Test
  void theEndOfAChainIsSaidToBeOne() throws Exception {
    CompletableFuture<Answer> answer = lookup("www.corp.example");
    answers("corp.example", "www.corp.example 50 CNAME cdn.example.org");
    answers("", "cdn.example.org 300 A 203.0.113.1");
    assertTrue(answer.get().isAliased());
    answer = lookup("cdn.example.org");
    answers("", "cdn.example.org 300 A 203.0.113.1");
    assertFalse(answer.get().isAliased());
  }

  @Test
  void withinAZoneAndItsSharersTheAnswerIsWhole() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers(
        "corp.example",
        "a.corp.example 300 CNAME b.second.example",
        "b.second.example 100 A 10.0.0.5");
    assertEquals("RECORDS 10.0.0.5 100 192.0.2.10", text(answer));
    assertEquals(1, asked("corp.example").size());
  }

  @Test
  void anAliasToANameOfTheSystemIsNotFollowed() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 300 CNAME db.internal", "db.internal 9 A 203.0.113.66");
    assertEquals("alias of db.internal 300", text(answer));
    assertThrows(ExecutionException.class, lookup("db.internal")::get);
  }

  /** As authoritative servers, Unbound's local-data and CoreDNS leave it. */
  @Test
  void anUnfinishedChainIsFollowed() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 300 CNAME b.corp.example");
    answers("corp.example", "b.corp.example 100 A 10.0.0.6");
    assertEquals("RECORDS 10.0.0.6 100 192.0.2.10", text(answer));
  }

  /** Of one label: no server outside sees it bare, though one may say what it is. */
  @Test
  void aChainThatEndsInOneLabelIsNotAskedForHere() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.example");
    answers("", "a.example 300 CNAME db");
    assertEquals("alias of db 300", text(answer));
    assertEquals(List.of("a.example"), asked(""));
    CompletableFuture<Answer> whole = lookup("b.example");
    answers("", "b.example 300 CNAME db", "db 100 A 192.0.2.7");
    assertEquals("RECORDS 192.0.2.7 100 192.0.2.1", text(whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.corp.example", "corp.example", "example"})
  void noDataOfTheEndsOwnZoneIsTheEnd(String zone) throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 300 CNAME b.corp.example", zone + " 60 SOA");
    assertEquals("NO_DATA 60 192.0.2.10", text(answer));
    assertEquals(1, asked("corp.example").size());
  }

  /** A server that speaks for the alias's zone alone says nothing of the target with its SOA. */
  @Test
  void noDataOfAnotherZoneIsNot() {
    lookup("a.corp.example");
    answers("corp.example", "a.corp.example 9 CNAME b.corp.example", "x.corp.example 60 SOA");
    assertEquals(List.of("a.corp.example", "b.corp.example"), asked("corp.example"));
  }

  /** RFC 6604 §2.1: it is of the last name. */
  @Test
  void noSuchNameIsOfTheEnd() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 300 CNAME b.corp.example", "corp.example 9 SOA", "3");
    assertEquals("NO_SUCH_NAME 9 192.0.2.10", text(answer));
  }

  /** The one who has another's name in a chain does not decide whether that name exists. */
  @Test
  void noSuchNameOfAnothersNameIsNotBelieved() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 300 CNAME b.lab.example", "example 9 SOA", "3");
    answers("lab.example", "b.lab.example 100 A 10.0.0.7");
    assertEquals("RECORDS 10.0.0.7 100 192.0.2.20", text(answer));
  }

  @Test
  void aNegativeEndIsKeptNoLongerThanTheAliases() throws Exception {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 5 CNAME b.lab.example");
    answers("lab.example", "lab.example 60 SOA");
    assertEquals("NO_DATA 5 192.0.2.20", text(answer));
  }

  @Test
  void theRestOfTheChainFails() {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 5 CNAME b.lab.example");
    transports.get("lab.example").last().fail(ExchangeFailures.untrusted("pin mismatch"));
    assertEquals(
        "no answer over TLS: 192.0.2.20@853#dns.example pin mismatch",
        failure(answer).getMessage());
  }

  @Test
  void aCircleOfSeveralServersEnds() {
    CompletableFuture<Answer> answer = lookup("a.corp.example");
    answers("corp.example", "a.corp.example 5 CNAME b.lab.example");
    answers("lab.example", "b.lab.example 5 CNAME a.corp.example");
    LookupFailure failure = failure(answer);
    assertEquals(
        "no answer over TLS: 192.0.2.20 aliases form a loop, at a.corp.example",
        failure.getMessage());
    assertEquals(LookupFailure.Kind.MALFORMED, failure.kind());
  }

  @Test
  void aChainWithoutEndEnds() {
    CompletableFuture<Answer> answer = lookup("n0.corp.example");
    int asked = 0;
    while (!answer.isDone()) {
      answers(
          "corp.example", "n" + asked + ".corp.example 5 CNAME n" + (asked + 1) + ".corp.example");
      asked++;
    }
    assertEquals(ZonedUpstreams.MOST_RESTARTS + 1, asked);
    assertEquals(
        "no answer over TLS: 192.0.2.10 more than 16 aliases", failure(answer).getMessage());
  }

  @Test
  void theWholeChainHasOneTimeout() {
    lookup("a.corp.example");
    long deadline = transports.get("corp.example").last().deadlineNanos();
    timers.advance(Duration.ofSeconds(3));
    answers("corp.example", "a.corp.example 5 CNAME b.lab.example");
    assertEquals(deadline, transports.get("lab.example").last().deadlineNanos());
  }

  private CompletableFuture<byte[]> forward(String name, int type) throws IOException {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN));
    return zoned.forward(ForwardedQuery.of(query.toWire()).orElseThrow());
  }

  private static List<String> answerSection(CompletableFuture<byte[]> response) throws Exception {
    Message message = message(response.get());
    List<String> records = new ArrayList<>();
    for (Record record : message.getSection(Section.ANSWER)) {
      records.add(record.getName().toString(true) + " " + record.rdataToString());
    }
    records.add(Rcode.string(message.getRcode()));
    return records;
  }

  @Test
  void aLibrarysQueryGoesWhereALookupGoes() throws Exception {
    CompletableFuture<byte[]> response = forward("db.corp.example", Type.A);
    answers("corp.example", "db.corp.example 9 A 10.0.0.1");
    assertEquals(List.of("db.corp.example 10.0.0.1", "NOERROR"), answerSection(response));
    assertEquals(List.of(), asked(""));
  }

  @Test
  void itsChainIsPutTogether() throws Exception {
    CompletableFuture<byte[]> response = forward("a.corp.example", Type.A);
    answers(
        "corp.example",
        "a.corp.example 300 CNAME b.lab.example",
        "b.lab.example 300 A 203.0.113.66",
        "unrelated.example 300 A 203.0.113.67");
    answers("lab.example", "b.lab.example 100 A 10.0.0.7");
    assertEquals(
        List.of("a.corp.example b.lab.example.", "b.lab.example 10.0.0.7", "NOERROR"),
        answerSection(response));
    Message whole = message(response.get());
    assertEquals("a.corp.example.", whole.getQuestion().getName().toString());
  }

  @Test
  void aForwardedChainToASystemNameEndsWithTheAlias() throws Exception {
    CompletableFuture<byte[]> response = forward("a.corp.example", Type.A);
    answers("corp.example", "a.corp.example 300 CNAME b.internal", "b.internal 9 A 203.0.113.6");
    assertEquals(List.of("a.corp.example b.internal.", "NOERROR"), answerSection(response));
  }

  @Test
  void theNegativeEndOfItsChain() throws Exception {
    CompletableFuture<byte[]> response = forward("a.corp.example", Type.TXT);
    answers("corp.example", "a.corp.example 300 CNAME b.lab.example");
    answers("lab.example", "lab.example 100 SOA", "3");
    assertEquals(List.of("a.corp.example b.lab.example.", "NXDOMAIN"), answerSection(response));
    assertEquals(1, message(response.get()).getSection(Section.AUTHORITY).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.CNAME, Type.ANY})
  void aQueryForTheAliasItselfIsNotFollowed(int type) throws Exception {
    CompletableFuture<byte[]> response = forward("a.corp.example", type);
    answers("corp.example", "a.corp.example 300 CNAME b.lab.example");
    assertEquals(List.of("a.corp.example b.lab.example.", "NOERROR"), answerSection(response));
    assertEquals(List.of(), asked("lab.example"));
  }

  /** RFC 6840 §5.7: whether or not the library sets the bit, the servers are asked for it. */
  @Test
  void eachPartOfAChainIsAskedWithTheAdBit() throws Exception {
    zoned.lookUpBy(
        new ZonedUpstreams.PartLookup() {
          @Override
          public CompletableFuture<Answer> lookup(
              ZonedUpstreams.ZoneServers servers,
              Question question,
              Predicate<String> believed,
              long begun) {
            return servers.lookupWithVerdict(question, believed, begun);
          }

          @Override
          public CompletableFuture<byte[]> forward(
              ZonedUpstreams.ZoneServers servers,
              ForwardedQuery query,
              Predicate<String> believed,
              long begun) {
            return servers.forwardWithVerdict(query, begun);
          }
        });
    CompletableFuture<byte[]> response = forward("a.corp.example", Type.A);
    isAskedForAd("corp.example");
    answers("corp.example", "a.corp.example 300 CNAME b.lab.example");
    isAskedForAd("lab.example");
    answers("lab.example", "b.lab.example 100 A 10.0.0.7");
    assertTrue(message(response.get()).getHeader().getFlag(Flags.AD), "each has said so");
  }

  private void isAskedForAd(String zone) {
    Message asked = message(transports.get(zone).last().query());
    assertTrue(asked.getHeader().getFlag(Flags.AD), asked.toString());
  }

  @Test
  void itsChainInACircleFails() throws Exception {
    CompletableFuture<byte[]> response = forward("a.corp.example", Type.A);
    answers("corp.example", "a.corp.example 5 CNAME b.lab.example");
    answers("lab.example", "b.lab.example 5 CNAME a.corp.example");
    failure(response);
  }

  @Test
  void statusNamesTheZoneOfEachServer() {
    List<String> zones = new ArrayList<>();
    for (UpstreamStatus status : zoned.status()) {
      zones.add(status.zone());
    }
    assertEquals(List.of("", "corp.example", "lab.example"), zones);
  }
}
