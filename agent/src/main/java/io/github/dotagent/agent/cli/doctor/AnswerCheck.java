package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.agent.cli.ServerRecords;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.dnssec.SecurityCheck;
import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.inspect.TimedResponse;
import io.github.dotagent.tls.TlsSession;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.QueryToInspect;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.ResponseFacts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Checks the answers of an authenticated server. */
final class AnswerCheck {
  /** Reserved for examples, and there (RFC 2606 §3). */
  private static final String NAME = "example.com";

  /** Each zone has one, at its own name (RFC 1034 §4.2.1). */
  private static final String ZONE_TYPE = "SOA";

  private static final String NXDOMAIN = "NXDOMAIN";

  /** The first warms both sides up; the median of the rest counts. */
  private static final int QUERIES = 4;

  /** With another id it fails sooner: see {@link InspectedServer#exchange}. */
  private static final Finding OTHER_QUESTION =
      Finding.fail(
          "answered another question",
          "the agent rejects such an answer: the server, or a device on the way to it, mixes"
              + " answers up; ask the server's owner, or try another network");

  private final String name;
  private final boolean isOfZone;
  private final QueryToInspect query;
  private final Timers clock;
  private final int limitMillis;
  private final Optional<Nat64Check> nat64;
  private final SearchDomains domains;
  private final DnssecPolicy dnssec; // null: off
  private final Report report;

  /**
   * @param limitMillis the bound of each query
   * @param nat64 empty if the network needs no DNS64 addresses
   * @param domains the search domains to ask each resolving server for
   * @param dnssec whether and how signatures are checked; null: off
   */
  AnswerCheck(
      Timers clock,
      int limitMillis,
      Optional<Nat64Check> nat64,
      SearchDomains domains,
      DnssecPolicy dnssec,
      Report report) {
    this(NAME, "A", clock, limitMillis, nat64, domains, dnssec, report);
  }

  /** For a server that need not know any other name. */
  static AnswerCheck ofZone(String zone, Timers clock, int limitMillis, Report report) {
    SearchDomains none = new SearchDomains(Collections.<String>emptyList());
    return new AnswerCheck(
        zone, ZONE_TYPE, clock, limitMillis, Optional.empty(), none, null, report);
  }

  private AnswerCheck(
      String name,
      String type,
      Timers clock,
      int limitMillis,
      Optional<Nat64Check> nat64,
      SearchDomains domains,
      DnssecPolicy dnssec,
      Report report) {
    this.name = name;
    this.isOfZone = type.equals(ZONE_TYPE);
    this.query = QueryToInspect.of(name, type);
    this.clock = clock;
    this.limitMillis = limitMillis;
    this.nat64 = nat64;
    this.domains = domains;
    this.dnssec = dnssec;
    this.report = report;
  }

  /**
   * Reports its findings.
   *
   * @param session authenticated; closed when this returns
   * @param another makes one more such session, for a server that closes after an answer; null if
   *     it cannot be made
   * @param server the server of the answers
   * @return whether it resolves names
   */
  boolean run(TlsSession session, Supplier<TlsSession> another, UpstreamSpec server) {
    boolean resolves = false;
    report.checking("answer");
    InspectedServer connection = new InspectedServer(session, another, limitMillis, clock);
    try {
      byte[] octets = query.octets();
      ResponseFacts facts = facts(connection, octets);
      String refusal = null;
      if (facts != null && facts.mayBeForEdns()) { // lookups ask again without EDNS, too
        byte[] plain = query.octetsWithoutEdns();
        ResponseFacts again = facts(connection, plain);
        if (again != null && again.isAnswer()) {
          refusal = facts.rcode();
          facts = again;
          octets = plain;
        }
      }
      if (facts == null) {
        report.found(OTHER_QUESTION);
        return false;
      }
      resolves = facts.isAnswer();
      report.found(answer(facts));
      if (refusal != null) {
        report.checking("EDNS");
        report.found(withoutEdns(refusal));
      }
      if (resolves) {
        domains.ask(connection, refusal == null);
      }
      if (nat64.isPresent()) {
        report.checking("NAT64");
        report.found(nat64.get().find(connection));
      }
      report.checking("round trip");
      report.found(roundTrip(connection, octets));
      report.checking("padding");
      report.found(padding(facts));
      report.checking("keepalive");
      report.found(keepAlive(facts));
      if (dnssec != null) {
        report.checking("DNSSEC");
        report.found(dnssec(connection, server));
      }
    } catch (SocketTimeoutException silence) {
      report.found(
          Finding.fail(
              silence.getMessage(),
              "the server is authenticated, takes the query and sends no answer: it is overloaded,"
                  + " or its own upstreams are down; ask its owner, or name another server"));
    } catch (IOException | ResponseException failure) {
      report.found(noAnswer(failure));
    } finally {
      connection.close();
    }
    return resolves;
  }

  /** Null: it answered another question. */
  private ResponseFacts facts(InspectedServer connection, byte[] octets)
      throws IOException, ResponseException {
    byte[] response = connection.exchange(octets).response();
    return query.isAnsweredBy(response) ? ResponseFacts.of(response) : null;
  }

  private static Finding withoutEdns(String refusal) {
    return Finding.note(
        "none: answers " + refusal + " to a query with EDNS, and answers without it",
        "the agent asks it without EDNS, so without padding: the length of a query tells more about"
            + " the name; have the server updated (RFC 6891)");
  }

  private Finding dnssec(InspectedServer connection, UpstreamSpec server)
      throws IOException, ResponseException {
    if (!dnssec.validates()) {
      byte[] asking = QueryEncoder.withVerdict(query.octets());
      boolean secure = ResponseFacts.of(connection.exchange(asking).response()).isSaidToBeSecure();
      return secure
          ? Finding.ok(NAME + " is secure, as the server reports (AD)")
          : Finding.note(
              NAME + " is not secure, as the server reports (no AD)",
              "that zone is signed, and a server that validates sets the bit: with this server"
                  + " lookups of names in dnssec.require fail");
    }
    SecurityCheck root =
        SecurityCheck.of(
            DnssecCheck.NAME,
            DnssecCheck.TYPE,
            dnssec,
            new ServerRecords(connection, server, true),
            null,
            clock,
            TimeUnit.MILLISECONDS.toNanos(limitMillis));
    return DnssecCheck.of(root, dnssec.anchors(), Instant.ofEpochMilli(clock.epochMillis()));
  }

  private Finding roundTrip(InspectedServer connection, byte[] octets)
      throws IOException, ResponseException {
    long[] nanos = new long[QUERIES - 1];
    int connections = connection.connections();
    for (int i = 0; i < nanos.length; i++) {
      TimedResponse exchanged = connection.exchange(octets);
      if (!query.isAnsweredBy(exchanged.response())) {
        return OTHER_QUESTION;
      }
      if (connection.connections() > connections) {
        return Finding.note(
            "the connection ended after " + (i + 1) + " of " + QUERIES + " queries",
            "the agent has to connect again, which makes lookups slower: have the server keep its"
                + " connections open (RFC 7766 §6.2.1)");
      }
      nanos[i] = exchanged.nanos();
    }
    Arrays.sort(nanos);
    return Finding.ok(Finding.millis(nanos[nanos.length / 2]) + " with the connection open");
  }

  private Finding answer(ResponseFacts facts) {
    String text =
        name
            + ": "
            + facts.rcode()
            + (facts.extendedError().isEmpty() ? "" : ", " + facts.extendedError());
    if (facts.isAnswer()) {
      return isOfZone && facts.rcode().equals(NXDOMAIN)
          ? Finding.note(
              text + ": the server reports that no name below it exists (RFC 8020)",
              "check that this server has the zone: names that it does not know are not found")
          : Finding.ok(text);
    }
    return Finding.fail(
        text,
        "the server is authenticated, but does not resolve names for this machine: see its access"
            + " control and its own upstreams");
  }

  private static Finding noAnswer(Exception failure) {
    return Finding.fail(
        failure.getMessage(),
        "the server is authenticated, but this is not an answer to a query: see its configuration"
            + " and its own upstreams, or try another network");
  }

  private static Finding padding(ResponseFacts facts) {
    String size = "a response of " + facts.octets() + " octets";
    return facts.isPadded()
        ? Finding.ok(size)
        : Finding.note(
            size + ", not padded",
            "an observer of the network may guess names from the size; the agent's queries are"
                + " padded anyway (RFC 8467)");
  }

  private static Finding keepAlive(ResponseFacts facts) {
    return facts
        .keepAlive()
        .map(time -> Finding.ok("idle connections are kept for " + seconds(time)))
        .orElseGet(
            () -> Finding.ok("the server does not say; idle connections are closed after 9 s"));
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.getSeconds() + " s" : time.toMillis() + " ms";
  }
}
