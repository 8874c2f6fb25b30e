package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A real server on loopback that has every answer itself: A and AAAA for every name below {@value
 * #DOMAIN}. One thread, as a machine of two processors has no room for more.
 */
final class Unbound implements AutoCloseable {
  static final String DOMAIN = "bench.example";
  static final String NAME = "dns.example";

  private static final Path BINARY = Path.of("/usr/sbin/unbound");
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final String CONFIGURATION =
      """
      server:
        interface: 127.0.0.1@%1$d
        %3$s
        num-threads: 1
        so-reuseport: no
        incoming-num-tcp: 100
        do-daemonize: no
        use-syslog: no
        chroot: ""
        username: ""
        pidfile: ""
        directory: "%2$s"
        module-config: "iterator"
        local-zone: "bench.example." redirect
        local-data: "bench.example. 300 IN A 192.0.2.1"
        local-data: "bench.example. 300 IN AAAA 2001:db8::1"
        local-zone: "." refuse
      remote-control:
        control-enable: no
      """;

  private static final String TLS =
      "tls-port: %d\n  tls-service-pem: \"%s\"\n  tls-service-key: \"%s\"";

  private final RunningChild process;
  private final int port;
  private final Path trust; // null where it has no TLS

  private Unbound(RunningChild process, int port, Path trust) {
    this.process = process;
    this.port = port;
    this.trust = trust;
  }

  /** With DNS over TLS alone, as {@value #NAME}. Listens when this returns. */
  static Unbound start() throws IOException {
    Path folder = Files.createTempDirectory("dot-agent-bench");
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    PemFiles pem = authority.issue(CertificateSpec.forNames(NAME)).writePem(folder);
    int port = FreePort.next();
    String tls = TLS.formatted(port, pem.chain(), pem.key());
    return new Unbound(start(port, folder, tls), port, authority.writeTrustStores(folder).pem());
  }

  /** In the clear, for what asks it with TLS before it. Listens when this returns. */
  static Unbound startInClear(int port, Path folder) throws IOException {
    return new Unbound(start(port, folder, ""), port, null);
  }

  private static RunningChild start(int port, Path folder, String tls) throws IOException {
    if (!Files.isExecutable(BINARY)) {
      throw new IOException("this benchmark needs Unbound: there is no " + BINARY);
    }
    Path file = folder.resolve("unbound" + port + ".conf");
    Files.writeString(file, CONFIGURATION.formatted(port, folder, tls));
    RunningChild process =
        RunningChild.of(List.of(BINARY.toString(), "-d", "-c", file.toString()), WITHIN);
    process.awaitLine("start of service");
    return process;
  }

  int port() {
    return port;
  }

  /** A PEM file with the authority of its certificate. */
  Path trust() {
    return trust;
  }

  /** Of processor time, since its start. */
  Duration cpu() {
    return cpu(process);
  }

  /** The same of any process. */
  static Duration cpu(RunningChild process) {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.close();
  }
}
