package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The resolvers of a fleet as its manual has them: dnsdist takes DNS over TLS and has a cache that
 * all share, and asks two Unbounds behind it in the clear, on loopback here.
 */
final class FleetTier implements AutoCloseable {
  static final String NAME = Unbound.NAME;
  static final String DOMAIN = Unbound.DOMAIN;

  private static final Path DNSDIST = Path.of("/usr/bin/dnsdist");
  private static final Duration WITHIN = Duration.ofSeconds(30);

  /** A member is asked for its health each second, and is away after two that fail. */
  private static final String FRONT =
      """
      setSecurityPollSuffix('')
      addTLSLocal('127.0.0.1:%1$d', '%2$s', '%3$s',
                  { minTLSVersion = 'tls1.2', maxConcurrentTCPConnections = 1000 })
      for _, port in ipairs({ %4$d, %5$d }) do
        newServer({ address = '127.0.0.1:' .. port, checkName = 'health.bench.example.',
                    checkInterval = 1, maxCheckFailures = 2 })
      end
      getPool(''):setCache(newPacketCache(100000, { maxTTL = 86400, dontAge = false }))
      controlSocket('127.0.0.1:%6$d')
      setKey('MXNeLFWHUe4363BBKrY06cAsH8NWNb+Se2eXU5+Bb74=')
      """;

  private final Path folder = Files.createTempDirectory("dot-agent-bench");
  private final List<Integer> memberPorts = List.of(FreePort.next(), FreePort.next());
  private final int port = FreePort.next();
  private final List<Unbound> members = new ArrayList<>();
  private final Path frontFile = folder.resolve("dnsdist.conf");
  private final Path trust;
  private RunningChild front;

  FleetTier() throws IOException {
    if (!Files.isExecutable(DNSDIST)) {
      throw new IOException("this benchmark needs dnsdist: there is no " + DNSDIST);
    }
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    PemFiles pem = authority.issue(CertificateSpec.forNames(NAME)).writePem(folder);
    trust = authority.writeTrustStores(folder).pem();
    members.add(startMember(0));
    members.add(startMember(1));
    Files.writeString(
        frontFile,
        FRONT.formatted(
            port, pem.chain(), pem.key(), memberPorts.get(0), memberPorts.get(1), FreePort.next()));
    startFront();
  }

  private Unbound startMember(int index) throws IOException {
    return Unbound.startInClear(memberPorts.get(index), folder);
  }

  void startFront() {
    front =
        RunningChild.of(
            List.of(
                DNSDIST.toString(), "--supervised", "--disable-syslog", "-C", frontFile.toString()),
            WITHIN);
    front.awaitLine("Marking downstream");
    awaitListener();
  }

  private void awaitListener() {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (!listens()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("dnsdist does not listen");
      }
      Thread.onSpinWait();
    }
  }

  private boolean listens() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  void stopFront() {
    front.close();
  }

  void stopMember(int index) {
    members.get(index).close();
  }

  void restartMember(int index) throws IOException {
    members.set(index, startMember(index));
  }

  String upstream() {
    return "127.0.0.1@" + port + "#" + NAME;
  }

  /** A PEM file with the authority of its certificate. */
  Path trust() {
    return trust;
  }

  /** Of processor time so far: dnsdist's, and that of both members. */
  List<Duration> cpu() {
    return List.of(Unbound.cpu(front), members.get(0).cpu().plus(members.get(1).cpu()));
  }

  /** dnsdist's own figure of that name. */
  long figure(String name) throws IOException, InterruptedException {
    Process console =
        new ProcessBuilder(
                DNSDIST.toString(), "-C", frontFile.toString(), "-c", "-e", "dumpStats()")
            .redirectErrorStream(true)
            .start();
    String said = new String(console.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    console.waitFor();
    List<String> words = Arrays.asList(said.strip().split("\\s+"));
    int index = words.indexOf(name);
    if (index < 0) {
      throw new IOException("dnsdist has no " + name + ": " + said);
    }
    return Long.parseLong(words.get(index + 1));
  }

  @Override
  public void close() {
    front.close();
    members.forEach(Unbound::close);
  }
}
