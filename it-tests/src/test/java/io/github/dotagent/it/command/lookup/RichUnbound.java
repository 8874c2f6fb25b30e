package io.github.dotagent.it.command.lookup;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An Unbound with records of many types, which asks no other server. */
final class RichUnbound implements AutoCloseable {
  static final Path BINARY = Path.of("/usr/sbin/unbound");
  static final String NAME = "dns.example";

  private static final String CONFIGURATION =
      """
      server:
        interface: 127.0.0.1@%1$d
        tls-port: %1$d
        tls-service-pem: "%2$s"
        tls-service-key: "%3$s"
        do-daemonize: no
        use-syslog: no
        chroot: ""
        username: ""
        pidfile: ""
        directory: "%4$s"
        module-config: "iterator"
        rrset-roundrobin: no
        local-zone: "." refuse
        local-zone: "example." static
        local-zone: "192.in-addr.arpa." static
        local-data: "example. 3600 IN SOA ns.example. host.example. 1 7200 3600 1209600 300"
        local-data: "example. 3600 IN NS ns.example."
        local-data: "shop.example. 300 IN A 192.0.2.1"
        local-data: "shop.example. 300 IN A 192.0.2.2"
        local-data: "shop.example. 300 IN AAAA 2001:db8::1"
        local-data: "shop.example. 300 IN MX 10 mail.example."
        local-data: 'shop.example. 300 IN TXT "v=spf1 -all" "two words"'
        local-data: "shop.example. 300 IN HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1"
        local-data: "shop.example. 300 IN SVCB 2 svc.example. port=853"
        local-data: "shop.example. 300 IN SSHFP 4 1 00112233445566778899AABBCCDDEEFF00112233"
        local-data: 'shop.example. 300 IN CAA 0 issue "ca.example"'
        local-data: "a-name-that-is-longer-than-the-column.example. 300 IN A 192.0.2.1"
        local-data: "alias.example. 300 IN CNAME shop.example."
        local-data: "_sip._tcp.example. 300 IN SRV 1 2 5060 sip.example."
        local-data: "_853._tcp.example. 300 IN TLSA 3 1 1 00112233445566778899AABBCCDDEEFF"
        local-data: "enum.example. 300 IN NAPTR 1 2 U E2U+sip !^.*$!sip:a@example! ."
        local-data: "1.2.0.192.in-addr.arpa. 300 IN PTR shop.example."
      remote-control:
        control-enable: no
      """;

  private final RunningChild process;
  final int port;
  final TestAuthority authority;
  final TrustStores trust;

  private RichUnbound(RunningChild process, int port, TestAuthority authority, TrustStores trust) {
    this.process = process;
    this.port = port;
    this.authority = authority;
    this.trust = trust;
  }

  /** Listens when this returns. */
  static RichUnbound start(Path folder) throws IOException {
    TestAuthority authority = TestAuthority.withIntermediate(Instant.now(), 1);
    PemFiles pem = authority.issue(CertificateSpec.forNames(NAME)).writePem(folder);
    int port = FreePort.next();
    Path file = folder.resolve("unbound.conf");
    Files.writeString(file, CONFIGURATION.formatted(port, pem.chain(), pem.key(), folder));
    RunningChild process =
        RunningChild.of(
            List.of(BINARY.toString(), "-d", "-c", file.toString()), Duration.ofSeconds(30));
    process.awaitLine("start of service");
    return new RichUnbound(process, port, authority, authority.writeTrustStores(folder));
  }

  @Override
  public void close() {
    process.close();
  }
}
