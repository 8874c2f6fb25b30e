package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.net.AddressText;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsProperties;
import io.github.dotagent.upstream.UpstreamSpec;
import java.util.function.Predicate;

/** Why a server is not reached, and what to do about it. */
final class ConnectDiagnosis {
  private final Predicate<UpstreamSpec> isThere;
  private final Predicate<UpstreamSpec> hasRoute;

  /**
   * @param isThere whether a server's address answers at all, on another port
   * @param hasRoute whether this machine knows a way to it
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
              failure.getMessage()
                  + ", though this machine knows a way: a firewall on the way rejects it",
              letOut(server));
        }
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
                    + " is blocked: a firewall drops it, and port 443 of the address answers",
                letOut(server))
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
        if (failure.getMessage().contains("firewall")) {
          return Finding.fail(failure.getMessage(), letOut(server));
        }
        return Finding.fail(failure.getMessage(), "check the network to " + host(server));
      default:
        // TLS that cannot even begin: an unreadable trust store, a JDK without it
        return Finding.failOf(failure.getMessage(), "correct what it names");
    }
  }

  /** There is one, and no TLS in it. */
  static Finding ofHandshake(UpstreamSpec server, TlsFailure failure) {
    String reason = failure.getMessage();
    if (failure.kind() == TlsFailure.Kind.TIMEOUT) {
      return Finding.fail(
          reason + ": the connection is taken, and then nothing is said",
          "a box on the way that holds TLS up, or a server that is stuck: try another network");
    }
    if (reason.contains(TlsProperties.NARROWED)) {
      return Finding.fail(
          reason,
          "it is a matter of this JVM and not of the network: do as it says, and try again");
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
