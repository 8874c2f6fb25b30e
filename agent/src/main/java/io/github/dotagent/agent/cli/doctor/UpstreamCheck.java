package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.agent.cli.Silence;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.tls.ClientCertificate;
import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.TlsExaminer;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.upstream.UpstreamSpec;

/** One server, from the TCP connect to an answer. For one thread. */
final class UpstreamCheck {
  private final UpstreamSpec server;
  private final String zone;
  private final TlsPolicy policy;
  private final ConnectDiagnosis connecting;
  private final CertificateDiagnosis certificates;
  private final AnswerCheck answers;
  private final Timers clock;
  private final int limitMillis;
  private final Report report;
  private boolean resolves;

  /**
   * @param zone text behind the server's name in the title; empty if the server is in no zone
   */
  UpstreamCheck(
      UpstreamSpec server,
      String zone,
      TlsPolicy policy,
      ConnectDiagnosis connecting,
      CertificateDiagnosis certificates,
      AnswerCheck answers,
      Timers clock,
      int limitMillis,
      Report report) {
    this.server = server;
    this.zone = zone;
    this.policy = policy;
    this.connecting = connecting;
    this.certificates = certificates;
    this.answers = answers;
    this.clock = clock;
    this.limitMillis = limitMillis;
    this.report = report;
  }

  /**
   * Reports its findings.
   *
   * @return everything that the connection showed
   */
  ExaminedConnection run() {
    report.section(server + zone);
    report.checking("connect");
    ExaminedConnection seen = examine();
    TlsFailure failure = seen.failure().orElse(null);
    if (seen.connectNanos() < 0) {
      report.found(connecting.ofConnect(server, failure));
      return seen;
    }
    report.found(Finding.ok(Finding.millis(seen.connectNanos())));
    report.checking("TLS");
    if (failure != null && failure.kind() != TlsFailure.Kind.UNTRUSTED) {
      report.found(ConnectDiagnosis.ofHandshake(server, failure));
      client(seen); // the client certificate may be the cause; a reset loses the alert
      return seen;
    }
    report.found(Finding.ok(session(seen)));
    certificate(seen);
    client(seen);
    if (failure == null) {
      resolves = answers.run(seen.session(), () -> examine().session(), server);
    }
    return seen;
  }

  private ExaminedConnection examine() {
    return new TlsExaminer(policy, clock, Silence.LOG)
        .examine(server.endpoint(), server.authenticationName().orElse(null), limitMillis);
  }

  /** Whether it answered, once it has run. */
  boolean resolves() {
    return resolves;
  }

  private static String session(ExaminedConnection seen) {
    return seen.session() == null
        ? "certificate received in " + Finding.millis(seen.handshakeNanos())
        : seen.session().identity() + ", in " + Finding.millis(seen.handshakeNanos());
  }

  private void client(ExaminedConnection seen) {
    ClientCertificate client = seen.client();
    if (client.isAsked()) {
      report.checking("client cert");
      report.found(certificates.ofClient(server, client));
    }
  }

  private void certificate(ExaminedConnection seen) {
    if (policy.authentication() == TlsPolicy.Authentication.NAME) {
      report.checking("chain");
      report.found(certificates.ofChain(server, seen));
      report.checking("name");
      report.found(CertificateDiagnosis.ofName(server, seen));
    }
    report.checking("pins");
    report.found(CertificateDiagnosis.ofPins(server, seen, policy));
  }
}
