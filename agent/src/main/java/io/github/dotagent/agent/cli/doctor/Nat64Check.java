package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.wire.QueryToInspect;
import io.github.dotagent.wire.ResponseDecoder;
import io.github.dotagent.wire.ResponseException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * In a network without IPv4, a translator leads to IPv4 hosts (NAT64, RFC 6146). The network's own
 * DNS server makes up IPv6 addresses for them (DNS64, RFC 6147). With another server, which does
 * not, hosts without an IPv6 address cannot be reached.
 */
final class Nat64Check {
  /** This name has only IPv4 addresses, so an IPv6 address of it is made up (RFC 7050 §3). */
  static final String NAME = "ipv4only.arpa";

  private static final QueryToInspect QUERY = QueryToInspect.of(NAME, "AAAA");
  private static final Question QUESTION = Question.of(NAME, RecordType.AAAA);

  /** RFC 6052 §2.1, as the JDK writes it: the prefix that public servers make addresses with. */
  private static final String WELL_KNOWN = "64:ff9b::";

  /** Cloudflare's servers that make up addresses, for the well-known prefix. */
  private static final String CLOUDFLARES =
      "dotagent.upstreams=2606:4700:4700::64@853#dns64.cloudflare-dns.com,"
          + "2606:4700:4700::6400@853#dns64.cloudflare-dns.com";

  private final List<InetAddress> madeUp;

  private Nat64Check(List<InetAddress> madeUp) {
    this.madeUp = madeUp;
  }

  /** Empty where IPv4 can be reached, or no translator leads to it. */
  static Optional<Nat64Check> of(Network network) {
    if (network.leadsToIpv4()) {
      return Optional.empty();
    }
    List<InetAddress> madeUp = network.ipv6Of(NAME);
    return madeUp.isEmpty() ? Optional.empty() : Optional.of(new Nat64Check(madeUp));
  }

  /** Whether the server makes up the addresses that lead to this network's translator. */
  Finding find(InspectedServer server) throws IOException, ResponseException {
    byte[] response = server.exchange(QUERY.octets()).response();
    List<InetAddress> servers = new ArrayList<>();
    for (byte[] address : ResponseDecoder.decode(QUESTION, response, "").answer().addresses()) {
      servers.add(InetAddress.getByAddress(address));
    }
    return find(servers);
  }

  /**
   * @param servers the addresses that the server gives for the name
   */
  Finding find(List<InetAddress> servers) {
    String networks = AddressText.of(madeUp.get(0));
    if (!Collections.disjoint(servers, madeUp)) {
      return Finding.ok(
          "IPv4 is behind a translator (NAT64), and this server makes up its addresses");
    }
    return Finding.fail(
        "IPv4 is behind a translator (NAT64): "
            + NAME
            + " is "
            + networks
            + ", and this server "
            + (servers.isEmpty() ? "makes up none" : "says " + AddressText.of(servers.get(0))),
        networks.startsWith(WELL_KNOWN)
            ? "hosts without an IPv6 address could not be reached: set " + CLOUDFLARES
            : "hosts without an IPv6 address could not be reached: name a server that makes"
                + " up addresses with this network's prefix, such as Unbound with dns64-prefix");
  }
}
