package io.github.dotagent.agent.command.doctor;

import io.github.dotagent.agent.command.Silence;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.inspect.Exchanged;
import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.support.Timers;
import io.github.dotagent.tls.Examination;
import io.github.dotagent.tls.TlsExaminer;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.ResponseFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** One server, from the TCP connect to an answer. */
final class UpstreamCheck {
  /** Reserved for examples, and there (RFC 2606 §3). */
  private static final String NAME = "example.com";

  /** The first warms both sides up, the median of the rest counts. */
  private static final int QUERIES = 4;

  private static final double NANOS_PER_MILLI = 1e6;

  private final UpstreamSpec server;
  private final TlsPolicy policy;
  private final ConnectDiagnosis connecting;
  private final CertificateDiagnosis certificates;
  private final Timers clock;
  private final int limitMillis;
  private final Report report;

  UpstreamCheck(
      UpstreamSpec server,
      TlsPolicy policy,
      ConnectDiagnosis connecting,
      CertificateDiagnosis certificates,
      Timers clock,
      int limitMillis,
      Report report) {
    this.server = server;
    this.policy = policy;
    this.connecting = connecting;
    this.certificates = certificates;
    this.clock = clock;
    this.limitMillis = limitMillis;
    this.report = report;
  }

  /**
   * Tells the report what it finds.
   *
   * @return what the connection showed
   */
  Examination run() {
    report.section(server.toString());
    report.checking("connect");
    Examination seen =
        new TlsExaminer(policy, clock, Silence.LOG)
            .examine(server.endpoint(), server.authenticationName().orElse(null), limitMillis);
    TlsFailure failure = seen.failure().orElse(null);
    if (seen.connectNanos() < 0) {
      report.found(connecting.ofConnect(server, failure));
      return seen;
    }
    report.found(Finding.ok(millis(seen.connectNanos())));
    report.checking("TLS");
    if (failure != null && failure.kind() != TlsFailure.Kind.UNTRUSTED) {
      report.found(ConnectDiagnosis.ofHandshake(server, failure));
      return seen;
    }
    report.found(Finding.ok(session(seen)));
    certificate(seen);
    if (failure == null) {
      ask(seen);
    }
    return seen;
  }

  private static String session(Examination seen) {
    return seen.session() == null
        ? "certificate received in " + millis(seen.handshakeNanos())
        : seen.session().identity() + ", in " + millis(seen.handshakeNanos());
  }

  private void certificate(Examination seen) {
    if (policy.authentication() == TlsPolicy.Authentication.NAME) {
      report.checking("chain");
      report.found(certificates.ofChain(server, seen));
      report.checking("name");
      report.found(CertificateDiagnosis.ofName(server, seen));
    }
    report.checking("pins");
    report.found(CertificateDiagnosis.ofPins(seen, policy));
  }

  private void ask(Examination seen) {
    report.checking("answer");
    try (InspectedServer connection = new InspectedServer(seen.session(), limitMillis, clock)) {
      byte[] query = QueryEncoder.encode(Question.of(NAME, RecordType.A));
      long[] nanos = new long[QUERIES - 1];
      ResponseFacts facts = ResponseFacts.of(connection.exchange(query).response());
      report.found(answer(NAME, facts));
      report.checking("round trip");
      for (int i = 0; i < nanos.length; i++) {
        Exchanged exchanged = connection.exchange(query);
        nanos[i] = exchanged.nanos();
      }
      Arrays.sort(nanos);
      report.found(Finding.ok(millis(nanos[nanos.length / 2]) + " with the connection open"));
      report.checking("padding");
      report.found(padding(facts));
      report.checking("keepalive");
      report.found(keepAlive(facts));
    } catch (IOException | ResponseException failure) {
      report.found(noAnswer(failure));
    }
  }

  private static Finding answer(String name, ResponseFacts facts) {
    String text =
        name
            + ": "
            + facts.rcode()
            + (facts.extendedError().isEmpty() ? "" : ", " + facts.extendedError());
    if (facts.isAnswer()) {
      return Finding.ok(text);
    }
    return Finding.fail(
        text,
        "the server can be reached and is the right one, but does not resolve names for this"
            + " machine: see its access control and its own upstreams");
  }

  private static Finding noAnswer(Exception failure) {
    return Finding.fail(
        failure.getMessage(),
        "the server is the right one and does not speak DNS here: check its configuration");
  }

  private static Finding padding(ResponseFacts facts) {
    String size = "a response of " + facts.octets() + " octets";
    return facts.isPadded()
        ? Finding.ok(size)
        : Finding.note(
            size + ", not padded",
            "who watches the line may tell names by their size; the queries are padded all the"
                + " same (RFC 8467)");
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

  private static String millis(long nanos) {
    return String.format(java.util.Locale.ROOT, "%.1f ms", nanos / NANOS_PER_MILLI);
  }
}
