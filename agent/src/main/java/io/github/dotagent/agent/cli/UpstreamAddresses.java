package io.github.dotagent.agent.cli;

import io.github.dotagent.net.SuppressForbidden;
import io.github.dotagent.upstream.UpstreamSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The servers of an upstream: the upstream itself, or the servers at the addresses of its name. */
public final class UpstreamAddresses {
  private UpstreamAddresses() {}

  /**
   * @throws UnknownHostException when the system resolver knows no address of the name
   */
  @SuppressForbidden(
      "the server's own name, which cannot be asked over TLS; no hook is in this JVM")
  public static List<UpstreamSpec> spec(UpstreamSpec upstream) throws UnknownHostException {
    if (!upstream.isByName()) {
      return Collections.singletonList(upstream);
    }
    List<UpstreamSpec> servers = new ArrayList<>();
    for (InetAddress address :
        InetAddress.getAllByName(upstream.authenticationName().orElseThrow(AssertionError::new))) {
      servers.add(upstream.at(InetAddress.getByAddress(address.getAddress())));
    }
    return Collections.unmodifiableList(servers);
  }
}
