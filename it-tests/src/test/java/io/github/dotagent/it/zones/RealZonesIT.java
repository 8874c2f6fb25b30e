package io.github.dotagent.it.zones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.Pause;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.FreePort;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Zones of servers of other makes: an Unbound, another Unbound behind a stunnel that wants a client
 * certificate, and an authoritative BIND, each of an authority of its own. Two of them leave chains
 * of aliases unfinished.
 */
class RealZonesIT {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final int JAVA_WITH_ED25519 = 15; // JEP 339
  private static final String PASSWORD = "changeit";
  private static final String MANY = "many.alpha.test";

  private static final Zone REST =
      Zone.builder().addresses("www.example.test", 300, "192.0.2.1").build();

  @TempDir Path folder;

  private final TestAuthority ofAlpha = TestAuthority.named("CN=Alpha root", Instant.now(), 1);
  private final TestAuthority ofBeta = TestAuthority.named("CN=Beta root", Instant.now(), 1);
  private final TestAuthority ofGamma = TestAuthority.named("CN=Gamma root", Instant.now(), 1);
  private final TestAuthority ofClients = TestAuthority.named("CN=Clients root", Instant.now(), 1);
  private final ServerCertificate alpha = ofAlpha.issue(CertificateSpec.forNames("dns.alpha.test"));
  private final ServerCertificate beta =
      ofBeta.issue(CertificateSpec.forNames("dns.beta.test", "dns.beta12.test"));
  private final ServerCertificate gamma = ofGamma.issue(CertificateSpec.forNames("dns.gamma.test"));
  private final int alphaPort = FreePort.next();
  private final int betaPlainPort = FreePort.next();
  private final int betaPort = FreePort.next();
  private final int beta12Port = FreePort.next();
  private final int gammaPort = FreePort.next();

  @BeforeAll
  static void assumeServers() {
    for (String binary : List.of("/usr/sbin/unbound", "/usr/sbin/named", "/usr/bin/stunnel4")) {
      boolean there = Files.isExecutable(Path.of(binary));
      if (!there) {
        System.out.println("RealZonesIT skipped: " + binary + " is not on this machine");
      }
      Assumptions.assumeTrue(there, binary + " is not on this machine");
    }
  }

  @EachJava(one = true)
  void eachServerByItsOwnIdentity(JavaHome java) throws IOException {
    try (DotUpstream rest = DotUpstream.start(folder.resolve("rest"), REST);
        RunningChild unbound = unbound();
        RunningChild plain = plainUnbound();
        RunningChild tunnel = stunnel();
        RunningChild bind = bind()) {
      awaitAll(unbound, plain, tunnel, bind);
      Agent agent = agent(rest);
      assertEquals(
          List.of(
              "ok 192.0.2.1",
              "ok 10.1.0.1",
              "ok 10.2.0.1",
              "ok 10.2.0.1", // www.beta.test by TLS 1.2, as beta12.test
              "ok 10.3.0.1",
              "ok 10.2.0.1", // Unbound's local-data leaves the alias unfinished, and out of its
              // zone
              "ok 10.1.0.1", // so does BIND
              "ok 10.3.0.1",
              "ok java.net.UnknownHostException: nobody.gamma.test: no such name (NXDOMAIN from"
                  + " 127.0.0.1)"),
          lookups(
                  java,
                  agent,
                  "www.example.test www.alpha.test www.beta.test www.beta12.test www.gamma.test"
                      + " alias.alpha.test out.gamma.test in.gamma.test",
                  "nobody.gamma.test")
              .stdout());
      assertEquals(
          List.of("jndiSRV [0 5 389 www.gamma.test.]"),
          agent
              .on(ChildJvm.program(java, "OwnDns"))
              .args("127.0.0.1", "jndiSRV", "_ldap._tcp.gamma.test")
              .run()
              .stdout());
      withoutOrWithAnotherKey(java, agent);
    }
  }

  /** The tunnel's first service speaks TLS 1.3, the second one 1.2. */
  @EachJava(one = true)
  void clientKeysOfEachKind(JavaHome java) throws Exception {
    Path rsa = keyFile("rsa.pem", client("RSA", 2048));
    Path ec = pkcs12("ec.p12", client("EC", 256));
    try (DotUpstream rest = DotUpstream.start(folder.resolve("rest"), REST);
        RunningChild plain = plainUnbound();
        RunningChild tunnel = stunnel()) {
      plain.awaitLine("start of service");
      tunnel.awaitLine("Configuration successful");
      assertBothAccept(java, agent(rest), rsa, ec);
      assertBothAccept(java, agent(rest), ec, rsa);
      if (java.major() >= JAVA_WITH_ED25519) {
        Path ed25519 = keyFile("ed25519.pem", client("Ed25519", 255));
        assertBothAccept(java, agent(rest), ed25519, ed25519);
      }
    }
  }

  private static void assertBothAccept(JavaHome java, Agent agent, Path first, Path second) {
    ChildResult lookups =
        lookups(
            java,
            agent
                .set("clientCertificates", "dns.beta.test=" + first + ",dns.beta12.test=" + second)
                .set("clientCertificates.password", PASSWORD),
            "www.beta.test www.beta12.test",
            "nobody.beta.test");
    assertEquals(
        List.of("ok 10.2.0.1", "ok 10.2.0.1"), lookups.stdout().subList(0, 2), lookups.toString());
  }

  private ServerCertificate client(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return ofClients.issue(
        CertificateSpec.forNames("a client").withKey(generator.generateKeyPair()));
  }

  private Path pkcs12(String name, ServerCertificate client)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client",
        client.key().getPrivate(),
        PASSWORD.toCharArray(),
        client.chain().toArray(Certificate[]::new));
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** An Unbound and a BIND have the same zone, and those of all other names are away. */
  @SuppressWarnings("try") // they are closed early, for they are killed
  @Test
  void noLookupFailsWhileEachServerOfAZoneIsKilledAndComesBack() throws Exception {
    JavaHome java = java(17);
    try (DotUpstream rest = DotUpstream.start(folder.resolve("rest"), REST);
        RunningChild unbound = unbound();
        RunningChild bind = bind()) {
      unbound.awaitLine("start of service");
      bind.awaitLine("all zones loaded");
      Agent agent =
          agent(rest)
              .set("upstreams", "127.0.0.1@1#" + DotUpstream.NAME)
              .set(
                  "zones",
                  "alpha.test=127.0.0.1@%d#dns.alpha.test,alpha.test=127.0.0.1@%d#dns.gamma.test"
                      .formatted(alphaPort, gammaPort));
      agent = without(without(agent, "pins"), "clientCertificates");
      try (RunningChild program = agent.uncachedOn(ChildJvm.program(java, "LoadProgram")).start()) {
        LoadReport.begin(program, MANY);
        unbound.close();
        CompletableFuture<LoadReport> meanwhile = load(program);
        try (RunningChild unboundAgain = unbound()) {
          unboundAgain.awaitLine("start of service");
          assertEquals("none", meanwhile.get().firstFailure(), "without Unbound");
          meanwhile = load(program);
          bind.close();
          assertEquals("none", meanwhile.get().firstFailure(), "while BIND was killed");
          meanwhile = load(program);
          try (RunningChild bindAgain = bind()) {
            bindAgain.awaitLine("all zones loaded");
            assertEquals("none", meanwhile.get().firstFailure(), "while BIND came back");
            meanwhile = load(program);
            unboundAgain.close();
            assertEquals("none", meanwhile.get().firstFailure(), "while Unbound was killed again");
          }
        }
      }
    }
  }

  /** Such a certificate lives for hours or months, and a JVM often for longer. */
  @Tag("wide")
  @EachJava(few = true)
  void aClientCertificateThatIsReplacedWhileTheJvmRuns(JavaHome java) throws Exception {
    try (DotUpstream rest = DotUpstream.start(folder.resolve("rest"), REST);
        RunningChild plain = plainUnbound();
        RunningChild tunnel = stunnel()) {
      plain.awaitLine("start of service");
      tunnel.awaitLine("Configuration successful");
      Agent agent =
          agent(rest).set("timeout", "5s").set("cache.maxTtl", "0s").set("cache.stale", "0s");
      Path client = folder.resolve("client.pem");
      String right = Files.readString(client);
      TestAuthority strangers = TestAuthority.named("CN=Strangers", Instant.now(), 1);
      ServerCertificate stranger = strangers.issue(CertificateSpec.forNames("a stranger"));
      String wrong = Files.readString(keyFile("stranger.pem", stranger));
      try (RunningChild program =
          agent.uncachedOn(ChildJvm.program(java, "LookupProgram")).args("-").start()) {
        String found = "ok 10.2.0.1";
        await(program, found::equals);
        replace(client, wrong);
        await(program, answer -> answer.contains("127.0.0.1@" + betaPort + "#dns.beta.test "));
        replace(client, right);
        await(program, found::equals);
        // a half of one: the one before stays in force
        replace(client, right.substring(0, right.length() / 2));
        while (program.stderr().stream().noneMatch(line -> line.contains("client.pem"))) {
          assertEquals(found, program.ask("byName www.beta.test"), "the time limit ends it");
          Pause.of(AGAIN);
        }
        assertEquals(found, program.ask("byName www.beta.test"));
      }
    }
  }

  private static void await(RunningChild program, Predicate<String> wanted) {
    long end = System.nanoTime() + WITHIN.toNanos();
    String answer = program.ask("byName www.beta.test");
    while (!wanted.test(answer)) {
      assertTrue(System.nanoTime() < end, "still " + answer + " " + program.stderr());
      Pause.of(AGAIN);
      answer = program.ask("byName www.beta.test");
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static CompletableFuture<LoadReport> load(RunningChild program) {
    return CompletableFuture.supplyAsync(() -> LoadReport.closed(program, 16, 400, MANY));
  }

  /**
   * The server says why, if its word comes before the end of the connection: one that closes it
   * with octets unread resets it, and what it had said is gone with that (RFC 9293 §3.10.7).
   */
  private void withoutOrWithAnotherKey(JavaHome java, Agent agent) throws IOException {
    Agent without = without(agent, "clientCertificates");
    ChildResult none =
        lookups(java, without.set("timeout", "5s"), "www.alpha.test", "www.beta.test");
    assertEquals("ok 10.1.0.1", none.stdout().get(0), none.toString());
    assertTrue(
        none.stdout().get(1).contains("127.0.0.1@" + betaPort + "#dns.beta.test "),
        none.toString());
    TestAuthority strangers = TestAuthority.named("CN=Strangers", Instant.now(), 1);
    Path stranger =
        keyFile("stranger.pem", strangers.issue(CertificateSpec.forNames("a stranger")));
    ChildResult other =
        lookups(
            java,
            agent.set("clientCertificates", "dns.beta.test=" + stranger).set("timeout", "5s"),
            "www.alpha.test",
            "www.beta.test");
    assertEquals("ok 10.1.0.1", other.stdout().get(0), other.toString());
    List<String> refusals =
        List.of(
            "it refuses the client certificate (unknown_ca)",
            "connection lost",
            "reset by peer",
            "Broken pipe");
    assertTrue(refusals.stream().anyMatch(other.stdout().get(1)::contains), other.toString());
  }

  /** What an operator sees of it. */
  @Test
  void doctorAndLookupTellOfTheClientCertificate() throws IOException {
    JavaHome java = java(17);
    try (DotUpstream rest = DotUpstream.start(folder.resolve("rest"), REST);
        RunningChild unbound = unbound();
        RunningChild plain = plainUnbound();
        RunningChild tunnel = stunnel();
        RunningChild bind = bind()) {
      awaitAll(unbound, plain, tunnel, bind);
      ChildResult lookup = tool(java, agent(rest), "lookup", "www.beta.test", "-d");
      String told = String.join("\n", lookup.stdout());
      assertTrue(told.contains(";; Zone beta.test"), lookup.toString());
      assertTrue(told.contains("client certificate sent: CN="), lookup.toString());
      assertTrue(told.contains("10.2.0.1"), lookup.toString());
      ChildResult explain = tool(java, agent(rest), "explain", "www.beta.test");
      assertEquals(
          List.of(
              "www.beta.test: the servers of the zone beta.test, over TLS (zones)",
              "zone beta.test: 127.0.0.1@" + betaPort + "#dns.beta.test"),
          explain.stdout());
      ChildResult doctor = tool(java, agent(rest), "doctor");
      String all = String.join("\n", doctor.stdout());
      for (String zone : List.of("alpha.test", "beta.test", "beta12.test", "gamma.test")) {
        assertTrue(all.contains(" (zone " + zone + ")"), doctor.toString());
      }
      assertTrue(all.matches("(?s).*client cert +ok +CN=.*, until .*"), doctor.toString());
      theBeanTells(java, agent(rest));
      doctorNamesTheExpiredClientCertificate(java, agent(rest));
    }
  }

  /** In TLS 1.2 the server refuses it within the handshake, and its reason may be lost. */
  private void doctorNamesTheExpiredClientCertificate(JavaHome java, Agent agent)
      throws IOException {
    Path ended =
        keyFile("ended.pem", ofClients.issue(CertificateSpec.forNames("a client").expired()));
    Agent with = agent.set("clientCertificates", "dns.beta12.test=" + ended);
    ChildResult doctor = tool(java, with, "doctor");
    String all = String.join("\n", doctor.stdout());
    String ofBeta12 = all.substring(all.indexOf(" (zone beta12.test)"));
    assertTrue(
        ofBeta12.matches("(?s)[^\n]*\n +connect +ok[^\n]*\n +TLS +FAIL.*"), doctor.toString());
    assertTrue(
        ofBeta12.matches("(?s).*\n +client cert +FAIL +CN=[^\n]*, until .*it has expired.*"),
        doctor.toString());
  }

  private void theBeanTells(JavaHome java, Agent agent) {
    String bean =
        "io.github.dotagent:type=Upstream,address=\"127.0.0.1@"
            + betaPort
            + "#dns.beta.test\",zone=\"beta.test\"";
    try (RunningChild program =
        agent.uncachedOn(ChildJvm.program(java, "ManagedLookups")).start()) {
      assertEquals("ok 10.2.0.1", program.ask("byName www.beta.test"));
      assertEquals("ok 0", program.ask("servers"));
      assertEquals("ok there", program.ask("await " + bean));
      assertEquals("ok beta.test", program.ask("get " + bean + " Zone"));
      String sent = program.ask("get " + bean + " ClientCertificate");
      assertTrue(sent.startsWith("ok sent: CN="), sent);
      String days = program.ask("get " + bean + " ClientCertificateDaysLeft");
      assertTrue(Double.parseDouble(days.substring("ok ".length())) > 0, days);
    }
  }

  private static JavaHome java(int major) {
    var java = InstalledJdks.find(major);
    if (java.isEmpty()) {
      System.out.println("RealZonesIT: " + InstalledJdks.missing(major));
    }
    Assumptions.assumeTrue(java.isPresent(), "no Java " + major);
    return java.get();
  }

  private static void awaitAll(
      RunningChild unbound, RunningChild plain, RunningChild tunnel, RunningChild bind) {
    unbound.awaitLine("start of service");
    plain.awaitLine("start of service");
    tunnel.awaitLine("Configuration successful");
    bind.awaitLine("all zones loaded");
  }

  private Agent agent(DotUpstream rest) throws IOException {
    String authorities = "";
    for (TestAuthority each : List.of(ofAlpha, ofBeta, ofGamma)) {
      authorities += Files.readString(each.writeTrustStores(folder.resolve("ca")).pem());
    }
    authorities += Files.readString(rest.trust.pem());
    Path trust = Files.writeString(folder.resolve("authorities.pem"), authorities);
    Path client = keyFile("client.pem", ofClients.issue(CertificateSpec.forNames("a client")));
    return Agent.patient()
        .set("upstreams", rest.upstream())
        .set("trustStore", "+" + trust)
        .set(
            "zones",
            "alpha.test=127.0.0.1@%d#dns.alpha.test,beta.test=127.0.0.1@%d#dns.beta.test,beta12.test=127.0.0.1@%d#dns.beta12.test,gamma.test=127.0.0.1@%d#dns.gamma.test"
                .formatted(alphaPort, betaPort, beta12Port, gammaPort))
        .set(
            "pins",
            "dns.alpha.test=%s,dns.beta.test=%s,dns.gamma.test=%s"
                .formatted(ofAlpha.rootPin(), beta.pin(), ofGamma.rootPin()))
        .set("clientCertificates", "dns.beta.test=%1$s,dns.beta12.test=%1$s".formatted(client));
  }

  private static Agent without(Agent agent, String key) {
    Agent bare = Agent.bare();
    for (var setting : agent.settings().entrySet()) {
      bare = setting.getKey().equals(key) ? bare : bare.set(setting.getKey(), setting.getValue());
    }
    return bare;
  }

  private static ChildResult lookups(JavaHome java, Agent agent, String names, String last) {
    ChildJvm program =
        agent
            .uncachedOn(ChildJvm.program(java, "LookupProgram"))
            .jvmArgs("-Djava.net.preferIPv4Stack=true");
    for (String name : names.split(" ")) {
      program = program.args("byName", name);
    }
    return program.args("why", last).run();
  }

  private static ChildResult tool(JavaHome java, Agent agent, String... arguments) {
    return ChildJvm.of(java, Agent.jar().toString())
        .jvmArgs(agent.settingArgs().toArray(String[]::new))
        .jvmArgs("-jar")
        .args(arguments)
        .run();
  }

  /** A PKCS #8 key and its chain. */
  private Path keyFile(String name, ServerCertificate client) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(pem("PRIVATE KEY", client.key().getPrivate().getEncoded()));
    for (X509Certificate certificate : client.chain()) {
      try {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateEncodingException broken) {
        throw new AssertionError(broken);
      }
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private RunningChild unbound() throws IOException {
    PemFiles pem = alpha.writePem(folder.resolve("alpha"));
    return unbound(
        "alpha.conf",
        """
          interface: 127.0.0.1@%1$d
          tls-port: %1$d
          tls-service-pem: "%2$s"
          tls-service-key: "%3$s"
          local-zone: "alpha.test." static
          local-data: "www.alpha.test. 300 A 10.1.0.1"
          local-zone: "many.alpha.test." redirect
          local-data: "many.alpha.test. 300 A 10.1.0.9"
          local-data: "many.alpha.test. 300 AAAA 2001:db8::9"
          local-data: "alias.alpha.test. 300 CNAME www.beta.test."
        """
            .formatted(alphaPort, pem.chain(), pem.key()));
  }

  /** Over TCP, for the tunnel before it speaks TLS. */
  private RunningChild plainUnbound() throws IOException {
    return unbound(
        "beta.conf",
        """
          interface: 127.0.0.1@%d
          do-udp: no
          local-zone: "beta.test." static
          local-data: "beta.test. 300 SOA dns.beta.test. root.beta.test. 1 300 300 300 300"
          local-data: "www.beta.test. 300 A 10.2.0.1"
          local-zone: "beta12.test." static
          local-data: "beta12.test. 300 SOA dns.beta.test. root.beta.test. 1 300 300 300 300"
          local-data: "www.beta12.test. 300 A 10.2.0.1"
        """
            .formatted(betaPlainPort));
  }

  private RunningChild unbound(String file, String server) throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve(file),
            """
            server:
              do-daemonize: no
              use-syslog: no
              verbosity: 1
              chroot: ""
              username: ""
              pidfile: ""
              directory: "%s"
              module-config: "iterator"
              do-not-query-localhost: no
            %s
            remote-control:
              control-enable: no
            forward-zone:
              name: "."
              forward-addr: 127.0.0.1@1
            """
                .formatted(folder, server));
    return RunningChild.of(List.of("/usr/sbin/unbound", "-d", "-c", conf.toString()), WITHIN);
  }

  private RunningChild stunnel() throws IOException {
    PemFiles pem = beta.writePem(folder.resolve("beta"));
    Path clients = ofClients.writeTrustStores(folder.resolve("clients")).pem();
    Path conf =
        Files.writeString(
            folder.resolve("stunnel.conf"),
            """
            foreground = yes
            pid =
            debug = notice
            cert = %1$s
            key = %2$s
            CAfile = %3$s
            verifyChain = yes
            [beta]
            accept = 127.0.0.1:%4$d
            connect = 127.0.0.1:%6$d
            sslVersionMin = TLSv1.3
            [beta12]
            accept = 127.0.0.1:%5$d
            connect = 127.0.0.1:%6$d
            sslVersionMax = TLSv1.2
            """
                .formatted(pem.chain(), pem.key(), clients, betaPort, beta12Port, betaPlainPort));
    return RunningChild.of(List.of("/usr/bin/stunnel4", conf.toString()), WITHIN);
  }

  private RunningChild bind() throws IOException {
    PemFiles pem = gamma.writePem(folder.resolve("gamma"));
    Path zone =
        Files.writeString(
            folder.resolve("gamma.zone"),
            """
            $TTL 300
            @ SOA dns root 1 300 300 300 300
            @ NS dns
            dns A 127.0.0.1
            www A 10.3.0.1
            _ldap._tcp SRV 0 5 389 www
            in CNAME www
            out CNAME www.alpha.test.
            """);
    Path alphaZone =
        Files.writeString(
            folder.resolve("alpha.zone"),
            """
            $TTL 300
            @ SOA dns root 1 300 300 300 300
            @ NS dns
            dns A 127.0.0.1
            *.many A 10.1.0.9
            *.many AAAA 2001:db8::9
            """);
    Path conf =
        Files.writeString(
            folder.resolve("named.conf"),
            """
            tls ours { cert-file "%1$s"; key-file "%2$s"; };
            controls { };
            options {
              directory "%3$s";
              pid-file none;
              session-keyfile none;
              listen-on port %4$d tls ours { 127.0.0.1; };
              listen-on-v6 { none; };
              recursion no;
              empty-zones-enable no;
            };
            zone "gamma.test" { type primary; file "%5$s"; };
            zone "alpha.test" { type primary; file "%6$s"; };
            """
                .formatted(pem.chain(), pem.key(), folder, gammaPort, zone, alphaZone));
    return RunningChild.of(List.of("/usr/sbin/named", "-g", "-c", conf.toString()), WITHIN);
  }
}
