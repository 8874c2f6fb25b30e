package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.net.AddressText;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsProperties;
import io.github.dotagent.upstream.UpstreamSpec;
import java.util.function.Predicate;

/** Explains why a server cannot be reached, and what to do about it. */
final class ConnectDiagnosis {
  private final Predicate<UpstreamSpec> isThere;
  private final Predicate<UpstreamSpec> hasRoute;

  /**
   * @param isThere whether a server's address answers at all, on another port
   * @param hasRoute whether this machine has a route to it
   */
  ConnectDiagnosis(Predicate<UpstreamSpec> isThere, Predicate<UpstreamSpec> hasRoute) {
    this.isThere = isThere;
    this.hasRoute = hasRoute;
  }

  /** There is no TCP connection. */
  Finding ofConnect(UpstreamSpec server, TlsFailure failure) {
    int port = server.endpoint().getPort();
    switch (failure.kind()) {
      case NO_ROUTE:
        if (hasRoute.test(server)) {
          return Finding.fail(
              failure.getMessage() + ", although this machine has a route: a firewall rejects it",
              letOut(server));
        }
        boolean ipv6 = server.address().getAddress().length == 16;
        return ipv6
            ? Finding.note(
                failure.getMessage() + ": this machine has no IPv6 route to it",
                "harmless while an IPv4 server answers: the agent skips it by itself")
            : Finding.fail(
                failure.getMessage() + ": this machine has no route to it",
                "check the network: an address, a default route (ip route), a VPN that is down");
      case TIMEOUT:
        return isThere.test(server)
            ? Finding.fail(
                "port "
                    + port
                    + " is blocked: a firewall drops it, while port 443 of the address answers",
                letOut(server))
            : Finding.fail(
                "no answer from " + host(server) + ", nor on its port 443",
                "a firewall drops packets to it, or the host is down: have the firewall let TCP"
                    + " port "
                    + port
                    + " out");
      case UNREACHABLE:
        if (failure.getMessage().contains("refused")) {
          return Finding.fail(
              "connection refused: the host is up, and nothing listens on port " + port,
              "check address and port of the upstream; a firewall that rejects looks the same");
        }
        if (failure.getMessage().contains("firewall")) {
          return Finding.fail(failure.getMessage(), letOut(server));
        }
        return Finding.fail(failure.getMessage(), "check the network to " + host(server));
      default:
        // TLS could not begin: for example an unreadable trust store
        return Finding.failOf(
            failure.getMessage(), "correct the file or the setting that the message names");
    }
  }

  /** There is a connection, but no TLS. */
  static Finding ofHandshake(UpstreamSpec server, TlsFailure failure) {
    String reason = failure.getMessage();
    if (failure.kind() == TlsFailure.Kind.TIMEOUT) {
      return Finding.fail(
          reason + ": connected, then silent",
          "a device on the way delays TLS, or the server hangs: try another network");
    }
    if (reason.contains(TlsProperties.NARROWED)) {
      return Finding.fail(
          reason,
          "the cause is in this JVM, not in the network: do what the message says, and try again");
    }
    if (reason.contains("plaintext") || reason.contains("Unsupported or unrecognized")) {
      return Finding.fail(
          reason,
          "no TLS is spoken there: check the port (853); if a captive portal answers, open a web"
              + " page and log in");
    }
    if (reason.contains("protocol_version") || reason.contains("protocol version")) {
      return Finding.fail(
          reason,
          "the server supports nothing newer than TLS 1.1, which is not safe: have it upgraded");
    }
    return Finding.fail(
        reason,
        "a device on the way breaks TLS (a proxy, a firewall that blocks DNS over TLS), or the"
            + " server has no version and cipher in common with this JVM: try another network, or"
            + " openssl s_client -connect "
            + host(server)
            + ":"
            + server.endpoint().getPort());
  }

  private static String letOut(UpstreamSpec server) {
    return "have the firewall let TCP port "
        + server.endpoint().getPort()
        + " out to "
        + host(server);
  }

  private static String host(UpstreamSpec server) {
    return AddressText.of(server.address());
  }
}
