package io.github.dotagent.agent.command.doctor;

import io.github.dotagent.tls.Examination;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.wire.ResponseFacts;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What a failure means, and what to do about it. */
final class Diagnosis {
  /** A certificate that ends so soon is about to be replaced: Cloudflare's live for months. */
  private static final int ENDS_SOON_DAYS = 14;

  private final Instant now;
  private final Predicate<UpstreamSpec> isThere;

  /**
   * @param isThere whether a server's address answers at all, on another port
   */
  Diagnosis(Instant now, Predicate<UpstreamSpec> isThere) {
    this.now = now;
    this.isThere = isThere;
  }

  Finding ofConnect(UpstreamSpec server, TlsFailure failure) {
    int port = server.endpoint().getPort();
    switch (failure.kind()) {
      case NO_ROUTE:
        boolean ipv6 = server.address().getAddress().length == 16;
        return ipv6
            ? Finding.note(
                failure.getMessage() + ": this machine has no IPv6 that leads there",
                "harmless while an IPv4 server answers; the agent leaves it alone by itself")
            : Finding.fail(
                failure.getMessage() + ": this machine has no way there",
                "check the network: an address, a default route (ip route), a VPN that is down");
      case TIMEOUT:
        return isThere.test(server)
            ? Finding.fail(
                "port "
                    + port
                    + " is blocked: no answer there, and port 443 of the address answers",
                "have the firewall let TCP port " + port + " out to " + host(server))
            : Finding.fail(
                "no answer from " + host(server) + ", on port 443 neither",
                "a firewall drops what goes there, or the host is down:"
                    + " have it let TCP port "
                    + port
                    + " out");
      case UNREACHABLE:
        if (failure.getMessage().contains("refused")) {
          return Finding.fail(
              "connection refused: the host is there, and nothing listens on port " + port,
              "check address and port of the upstream; a firewall that rejects looks the same");
        }
        return Finding.fail(failure.getMessage(), "check the network to " + host(server));
      default:
        // TLS that cannot even begin: an unreadable trust store, a JDK without it
        return Finding.fail(failure.getMessage(), "correct what it names");
    }
  }

  Finding ofHandshake(UpstreamSpec server, TlsFailure failure) {
    String reason = failure.getMessage();
    if (failure.kind() == TlsFailure.Kind.TIMEOUT) {
      return Finding.fail(
          reason + ": the connection is taken, and then nothing is said",
          "a box on the way that holds TLS up, or a server that is stuck: try another network");
    }
    if (reason.contains("plaintext") || reason.contains("Unsupported or unrecognized")) {
      return Finding.fail(
          reason,
          "what answers there speaks no TLS: check the port (853), or a captive portal is on the"
              + " way: open a web page and log in");
    }
    if (reason.contains("protocol_version") || reason.contains("protocol version")) {
      return Finding.fail(
          reason, "the server knows nothing newer than TLS 1.1, which is not safe: upgrade it");
    }
    return Finding.fail(
        reason,
        "a box on the way that breaks TLS off (a proxy, a firewall that knows DNS over TLS), or a"
            + " server of other versions and ciphers: try another network, or "
            + "openssl s_client -connect "
            + host(server)
            + ":"
            + server.endpoint().getPort());
  }

  Finding ofChain(UpstreamSpec server, Examination seen) {
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
      return Finding.fail(problem, "the clock of this machine is wrong: see below");
    }
    if (problem.startsWith("certificate expired")) {
      return Finding.fail(
          problem,
          "the server's owner has let it end: have it renewed; it is no matter of this machine");
    }
    return Finding.fail(problem, "ask the server's owner");
  }

  private static Finding unknownAuthority(UpstreamSpec server, Examination seen, String problem) {
    if (seen.nameProblem().isPresent()) {
      return Finding.fail(
          problem,
          "somebody on the way answers in the server's place (a proxy that opens TLS, a captive"
              + " portal): nothing is sent to it",
          "have the proxy let " + host(server) + " pass, or log in to the network");
    }
    return Finding.fail(
        problem,
        "a server of your own: name its authority with dotagent.trustStore=FILE.pem",
        "a public server: a proxy on the way opens TLS, and signs in its place; have it let "
            + host(server)
            + " pass",
        "or the server sends its chain without the intermediate: ask its owner");
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
            + Spans.text(Duration.between(now, end))
            + ")";
    return Duration.between(now, end).toDays() < ENDS_SOON_DAYS
        ? Finding.note(text, "it ends soon: whoever pins its key sees a new one then")
        : Finding.ok(text);
  }

  Finding ofName(UpstreamSpec server, Examination seen) {
    String wanted = server.authenticationName().orElse(host(server));
    String problem = seen.nameProblem().orElse(null);
    if (problem == null) {
      return Finding.ok(wanted);
    }
    return Finding.fail(
        problem,
        seen.chainProblem().isPresent()
            ? "see the chain"
            : "the certificate is good and another's: check the NAME in ADDRESS@PORT#NAME");
  }

  Finding ofPins(Examination seen, TlsPolicy policy) {
    if (policy.pins().isEmpty()) {
      return Finding.ok("none given; java -jar dot-agent.jar pins shows them");
    }
    SpkiPin matched = seen.matchedPin().orElse(null);
    if (matched != null) {
      return policy.pins().size() == 1
          ? Finding.note(
              matched + " matched, and is the only one given",
              "when that key is replaced no name is found any more: pin the issuer's as well")
          : Finding.ok(matched + " matched");
    }
    StringBuilder presented = new StringBuilder();
    List<X509Certificate> chain = seen.validated().isEmpty() ? seen.presented() : seen.validated();
    for (SpkiPin pin : SpkiPin.of(chain)) {
      presented.append(presented.length() == 0 ? "" : ", ").append(pin);
    }
    String text = "none of yours; presented: " + presented;
    if (seen.chainProblem().isPresent() || seen.nameProblem().isPresent()) {
      return Finding.fail(text, "see the chain");
    }
    String remedy =
        "the key was replaced, or somebody with a certificate of the same name is on the way:"
            + " compare with what java -jar dot-agent.jar pins shows from another network";
    return policy.pinMode() == TlsPolicy.PinMode.REPORT
        ? Finding.note(text + "; used all the same (dotagent.pins.mode=report)", remedy)
        : Finding.fail(text, remedy);
  }

  Finding ofAnswer(String name, ResponseFacts facts) {
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

  Finding ofNoAnswer(Exception noAnswer) {
    return Finding.fail(
        noAnswer.getMessage(),
        "the server is the right one and does not speak DNS here: check its configuration");
  }

  private static String host(UpstreamSpec server) {
    return server.address().getHostAddress();
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }
}
