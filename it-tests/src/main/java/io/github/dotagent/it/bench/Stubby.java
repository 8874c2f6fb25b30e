package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stubby on port 53 of 127.0.0.1, as the resolver of a stock JDK: in a network namespace. */
final class Stubby {
  /** As Debian ships it, with our servers instead of those on the internet. */
  private static final String CONFIGURATION =
      """
      resolution_type: GETDNS_RESOLUTION_STUB
      dns_transport_list:
        - GETDNS_TRANSPORT_TLS
      tls_authentication: GETDNS_AUTHENTICATION_REQUIRED
      tls_query_padding_blocksize: 128
      edns_client_subnet_private : 1
      idle_timeout: 10000
      round_robin_upstreams: 0
      tls_ca_file: "%s"
      listen_addresses:
        - 127.0.0.1@53
      upstream_recursive_servers:
      """;

  private Stubby() {}

  /**
   * Listens when this returns.
   *
   * @param folder for its configuration
   * @param trust a PEM file with the servers' authority
   * @param ports of the servers, on 127.0.0.1
   * @param name that they authenticate with
   * @param wrap what the command runs under
   * @param within bound of every single wait for it
   */
  static RunningChild start(
      Path folder,
      Path trust,
      List<Integer> ports,
      String name,
      UnaryOperator<List<String>> wrap,
      Duration within)
      throws IOException {
    String servers =
        ports.stream()
            .map(
                port ->
                    "  - address_data: 127.0.0.1\n    tls_port: %d\n    tls_auth_name: \"%s\"\n"
                        .formatted(port, name))
            .collect(Collectors.joining());
    Path file = folder.resolve("stubby.yml");
    Files.writeString(file, CONFIGURATION.formatted(trust) + servers);
    RunningChild stubby =
        RunningChild.of(
            wrap.apply(List.of("/usr/bin/stubby", "-l", "-C", file.toString())), within);
    stubby.awaitLine("Starting DAEMON");
    return stubby;
  }
}
