package io.github.dotagent.it.demo;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.web.HttpServerOnLoopback;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Runs in a network of its own, where Cloudflare's address is this machine's: a DNS-over-TLS server
 * there, a web server for the names it knows, and {@code ./demo --live}.
 */
final class LiveScenario {
  private static final int DOT_PORT = 853;
  private static final int HTTP_PORT = 80;
  private static final int TTL_SECONDS = 300;

  private LiveScenario() {}

  /** The argument: a folder to write to. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    TrustStores trust = authority.writeTrustStores(Path.of(args[0]));
    Zone zone =
        Zone.builder()
            .addresses("example.com", TTL_SECONDS, "127.0.0.1")
            .addresses("one.one.one.one", TTL_SECONDS, "127.0.0.1")
            .build();
    DotServerOptions options =
        DotServerOptions.of(zone, authority.issue(CertificateSpec.forNames("one.one.one.one")))
            .on("1.1.1.1")
            .port(DOT_PORT);
    try (HttpServerOnLoopback web = HttpServerOnLoopback.start("127.0.0.1", HTTP_PORT);
        DotServer server = DotServer.start(options)) {
      web.page("/", "A page.");
      ChildResult result =
          ChildJvm.sameClassPath(Demo.class)
              .args("--live")
              .environment("DOTAGENT_TRUSTSTORE", trust.pem().toString())
              .environment("DOTAGENT_TIMEOUT", "30s") // for a busy machine
              .run();
      result.stdout().forEach(System.out::println);
      result.stderr().forEach(System.err::println);
      boolean asked = server.log().queries("example.com").size() >= 2;
      System.exit(asked ? result.exitCode() : 1);
    }
  }
}
