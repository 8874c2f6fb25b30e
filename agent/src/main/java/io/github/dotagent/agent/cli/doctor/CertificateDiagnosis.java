package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.agent.cli.RoundedTime;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.tls.CertificateName;
import io.github.dotagent.tls.ClientCertificate;
import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.upstream.UpstreamSpec;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Diagnoses a server's certificate, and says what to do about a problem. */
final class CertificateDiagnosis {
  /**
   * A certificate that expires this soon should have been replaced: Cloudflare's are valid for
   * months.
   */
  private static final int ENDS_SOON_DAYS = 14;

  private final Instant now;

  CertificateDiagnosis(Instant now) {
    this.now = now;
  }

  /** Checks authority and validity. */
  Finding ofChain(UpstreamSpec server, ExaminedConnection seen) {
    List<X509Certificate> presented = seen.presented();
    String problem = seen.chainProblem().orElse(null);
    if (problem == null) {
      return goodChain(seen.validated());
    }
    if (problem.startsWith("certificate of an unknown authority")) {
      return unknownAuthority(server, seen, problem);
    }
    ClockCheck clock = new ClockCheck(now);
    clock.saw(Validity.of(presented));
    if (clock.isWrong()) {
      return Finding.failFor(problem, "the clock of this machine is wrong: see below");
    }
    if (problem.startsWith("certificate expired")) {
      return Finding.fail(
          problem,
          "the server's owner has not renewed it: ask for that, if this machine's clock is right: "
              + now);
    }
    return Finding.fail(problem, "ask the server's owner");
  }

  private static Finding unknownAuthority(
      UpstreamSpec server, ExaminedConnection seen, String problem) {
    if (seen.nameProblem().isPresent()) {
      return Finding.fail(
          problem,
          "something on the way answers in the server's place (a proxy that intercepts TLS, a"
              + " captive portal): no name is sent to it",
          "have the proxy let " + host(server) + " pass, or log in to the network");
    }
    return Finding.fail(
        problem,
        "a proxy intercepts TLS, or the trust store lacks the authority: compare with what java"
            + " -jar dot-agent.jar pins shows from another network",
        "a proxy: have it let " + host(server) + " pass",
        "a server of your own: name its authority with dotagent.trustStore=FILE.pem",
        "the server sends its chain without the intermediate: ask its owner");
  }

  private Finding goodChain(List<X509Certificate> chain) {
    X509Certificate leaf = chain.get(0);
    Instant end = leaf.getNotAfter().toInstant();
    String text =
        name(leaf)
            + ", by "
            + name(chain.get(chain.size() - 1))
            + ", until "
            + end
            + " ("
            + RoundedTime.text(Duration.between(now, end))
            + ")";
    return Duration.between(now, end).toDays() < ENDS_SOON_DAYS
        ? Finding.note(text, "it expires soon: if you pin its key, add the next key before that")
        : Finding.ok(text);
  }

  /** Whether it has the name of the intended server. */
  static Finding ofName(UpstreamSpec server, ExaminedConnection seen) {
    String wanted = server.authenticationName().orElse(host(server));
    String problem = seen.nameProblem().orElse(null);
    if (problem == null) {
      return Finding.ok(wanted);
    }
    return seen.chainProblem().isPresent()
        ? Finding.failFor(problem, "see the chain")
        : Finding.fail(
            problem,
            "the certificate is valid, but for another name: check the NAME in ADDRESS@PORT#NAME");
  }

  /** The client certificate that a server got. */
  Finding ofClient(UpstreamSpec server, ClientCertificate client) {
    if (client.sent() == null) {
      return Finding.note(
          "asked for, and none sent",
          "if the server requires one, set dotagent.clientCertificates="
              + server.identity()
              + "=FILE with a key of a kind that it accepts");
    }
    Instant end = client.sent().getNotAfter().toInstant();
    String text = CertificateName.subject(client.sent()) + ", until " + end;
    if (now.isAfter(end)) {
      return Finding.fail(text, "it has expired: get a new one from the owner of the server");
    }
    return now.plus(Duration.ofDays(ENDS_SOON_DAYS)).isAfter(end)
        ? Finding.note(text, "it expires soon: get a new one from the owner of the server")
        : Finding.ok(text);
  }

  /** Whether it has one of the pinned keys. */
  static Finding ofPins(UpstreamSpec server, ExaminedConnection seen, TlsPolicy policy) {
    Set<SpkiPin> pins = policy.pinsOf(server.identity());
    if (pins.isEmpty()) {
      return Finding.ok("none set; java -jar dot-agent.jar pins shows them");
    }
    SpkiPin matched = seen.matchedPin().orElse(null);
    if (matched != null) {
      return pins.size() == 1
          ? Finding.note(
              matched + " matched, and is the only one set",
              "when that key is replaced, every lookup fails: pin the issuer's key as well")
          : Finding.ok(matched + " matched");
    }
    StringBuilder presented = new StringBuilder();
    List<X509Certificate> chain = seen.validated().isEmpty() ? seen.presented() : seen.validated();
    for (SpkiPin pin : SpkiPin.of(chain)) {
      presented.append(presented.length() == 0 ? "" : ", ").append(pin);
    }
    String text = "no match; presented: " + presented;
    if (seen.chainProblem().isPresent()) {
      return Finding.failFor(text, "see the chain");
    }
    if (seen.nameProblem().isPresent()) {
      return Finding.failFor(text, "see the name");
    }
    String remedy =
        "the key was replaced, or a proxy intercepts TLS with a certificate of the same name:"
            + " compare with what java -jar dot-agent.jar pins shows from another network";
    return policy.pinMode() == TlsPolicy.PinMode.REPORT
        ? Finding.note(text + "; used anyway (dotagent.pins.mode=report)", remedy)
        : Finding.fail(text, remedy);
  }

  private static String host(UpstreamSpec server) {
    return AddressText.of(server.address());
  }

  private static String name(X509Certificate certificate) {
    return CertificateName.subject(certificate);
  }
}
