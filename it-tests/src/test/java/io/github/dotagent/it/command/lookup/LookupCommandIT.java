package io.github.dotagent.it.command.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.AnswerWriter;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code -d}, and servers with faults. */
class LookupCommandIT {
  private static final String NAME = "www.example.test";

  @TempDir Path folder;

  private DotUpstream start() {
    return DotUpstream.start(folder, SampleZone.ZONE);
  }

  private static ChildResult lookup(Agent settings, String... arguments) {
    return Tool.ofTheBuild()
        .command("lookup")
        .args(arguments)
        .jvmArgs(settings.settingArgs().toArray(String[]::new))
        .run();
  }

  private static void has(ChildResult result, String line) {
    assertTrue(result.stdout().contains(line), line + " is not in " + result);
  }

  private static String bare(String pin) {
    return pin.replace("sha256/", "");
  }

  @Test
  void chainPinsAndVerdict() {
    try (DotUpstream dot = start()) {
      String pins = dot.authority.issuerPin() + "," + dot.authority.rootPin();
      ChildResult result = lookup(dot.agent().set("pins", pins), "-d", NAME, "AAAA");
      assertEquals(0, result.exitCode(), result.toString());
      assertEquals(List.of(), result.stderr());
      has(
          result,
          ";; DEBUG: Querying for owner(www.example.test.), class(1), type(28), server(127.0.0.1),"
              + " port("
              + dot.server.port()
              + "), protocol(TCP)");
      has(result, ";; DEBUG:      SHA-256 PIN: " + bare(dot.certificate.pin()));
      has(result, ";; DEBUG:      SHA-256 PIN: " + bare(dot.authority.issuerPin()) + ", MATCH");
      has(result, ";; DEBUG:  #3, CN=Test root (not sent: from the trust store)");
      has(result, ";; DEBUG:      SHA-256 PIN: " + bare(dot.authority.rootPin()) + ", MATCH");
      has(result, ";; DEBUG: TLS, The certificate is trusted.");
      has(result, "www.example.test.   \t300\tIN\tAAAA\t2001:db8::1");
      has(result, ";; KEEPALIVE: 60.0 s");
    }
  }

  /** kdig, too, sees the same pins; and neither asks a server that it does not trust. */
  @Test
  void aKeyThatIsNotPinned() {
    try (DotUpstream dot = start()) {
      ChildResult result = lookup(dot.agent().set("pins", SpkiPins.ofNobody()), "-d", NAME);
      assertEquals(3, result.exitCode(), result.toString());
      has(result, ";; DEBUG: TLS, no certificate PIN match");
      assertTrue(result.stderr().get(0).contains("pin mismatch (presented "), "" + result);
      assertEquals(List.of(), dot.server.log().queries());
      Agent reports = dot.agent().set("pins", SpkiPins.ofNobody()).set("pins.mode", "report");
      String match = ";; DEBUG: TLS, no certificate PIN match";
      has(lookup(reports, "-d", NAME), match + ", which is only reported (dotagent.pins.mode)");
      Assumptions.assumeTrue(Files.isExecutable(Kdig.BINARY), "kdig is not on this machine");
      List<String> kdig =
          Kdig.ask(
                  dot.server.port(),
                  dot.trust.pem(),
                  DotUpstream.NAME,
                  "-d",
                  "+tls-pin=" + bare(SpkiPins.ofNobody()),
                  NAME)
              .stdout();
      for (String line : List.of(bare(dot.certificate.pin()), "no certificate PIN match")) {
        assertTrue(kdig.stream().anyMatch(said -> said.endsWith(line)), line + ": " + kdig);
        assertTrue(result.stdout().stream().anyMatch(said -> said.endsWith(line)), line);
      }
    }
  }

  /** As lookups do; the server closes its connection after each answer, as some do. */
  @Test
  void aServerWithoutEdnsIsAskedAgain() {
    try (DotUpstream dot = start()) {
      dot.server.faults().closeAfter(1);
      dot.server
          .faults()
          .onEveryAnswer(
              new AnswerFault.Message(
                  query ->
                      AnswerWriter.withoutEdns(
                          query,
                          query.edns().isPresent()
                              ? ZoneAnswer.failure(ResponseCodes.FORMERR)
                              : SampleZone.ZONE.answer(query.name(), query.type()))));
      ChildResult result = lookup(dot.agent(), NAME);
      assertEquals(0, result.exitCode(), result.toString());
      has(result, ";; WARNING: answered FORMERR to a query with EDNS, and answers without it");
      has(result, "www.example.test.   \t300\tIN\tA\t192.0.2.1");
    }
  }

  @Test
  void aChainWithoutItsIntermediate() {
    try (DotUpstream dot = start()) {
      dot.server.present(
          new ServerCertificate(dot.certificate.key(), dot.certificate.chain().subList(0, 1)));
      ChildResult result = lookup(dot.agent(), "-d", NAME);
      assertEquals(3, result.exitCode(), result.toString());
      has(
          result,
          ";; DEBUG: TLS, The certificate is NOT trusted."
              + " certificate of an unknown authority (issued by CN=Test intermediate)");
    }
  }

  @Test
  void kdigRefusesTheChainWithoutItsIntermediateToo() {
    Assumptions.assumeTrue(Files.isExecutable(Kdig.BINARY), "kdig is not on this machine");
    try (DotUpstream dot = start()) {
      assertTrue(verdict(dot).endsWith("The certificate is trusted."), verdict(dot));
      dot.server.present(
          new ServerCertificate(dot.certificate.key(), dot.certificate.chain().subList(0, 1)));
      assertTrue(verdict(dot).contains("The certificate is NOT trusted."), verdict(dot));
    }
  }

  /** kdig's. */
  private static String verdict(DotUpstream dot) {
    List<String> said =
        Kdig.ask(dot.server.port(), dot.trust.pem(), DotUpstream.NAME, "-d", NAME).stdout();
    return said.stream()
        .filter(line -> line.contains("The certificate is "))
        .findFirst()
        .map(String::stripTrailing)
        .orElseThrow(() -> new AssertionError(said));
  }

  @Test
  void theNextServerIsAsked() {
    try (DotUpstream dot = start();
        DotUpstream foreign = DotUpstream.start(folder.resolve("other"), SampleZone.ZONE)) {
      foreign.server.present(dot.authority.issue(CertificateSpec.forNames("other.example")));
      Agent both = dot.agent().set("upstreams", foreign.upstream() + "," + dot.upstream());
      ChildResult result = lookup(both, NAME);
      assertEquals(0, result.exitCode(), result.toString());
      assertTrue(
          result.stderr().get(0).startsWith("dot-agent: " + foreign.upstream() + " name mismatch"),
          result.toString());
      ChildResult one = lookup(both, NAME, "--server", foreign.upstream());
      assertEquals(3, one.exitCode(), one.toString());
    }
  }

  @Test
  void extendedErrorsAndNamesOfAddresses() {
    try (DotUpstream dot = start()) {
      ChildResult broken = lookup(dot.agent(), "broken.example.test");
      assertEquals(1, broken.exitCode(), broken.toString());
      has(broken, ";; EDE: 22 (No Reachable Authority): 'nobody there'");
      if (Files.isExecutable(Kdig.BINARY)) {
        List<String> kdig =
            Kdig.ask(dot.server.port(), dot.trust.pem(), DotUpstream.NAME, "broken.example.test")
                .stdout();
        assertEquals(Kdig.steady(kdig), Kdig.steady(broken.stdout()));
      }
      ChildResult reverse = lookup(dot.agent(), "192.0.2.1");
      assertEquals(0, reverse.exitCode(), reverse.toString());
      has(reverse, "1.2.0.192.in-addr.arpa.\t300\tIN\tPTR\twww.example.test.");
    }
  }

  /** As some do that serve the web on the same port. */
  @Test
  void aServerThatRefusesAlpn() {
    try (DotUpstream dot = start()) {
      dot.server.faults().refuseAlpn();
      assertEquals(0, lookup(dot.agent(), NAME).exitCode());
    }
  }

  @Test
  void aWrongQuestionAndATimeoutAreReported() {
    try (DotUpstream dot = start()) {
      dot.server.faults().onEveryAnswer(AnswerFault.Kind.WRONG_QUESTION);
      ChildResult wrong = lookup(dot.agent(), NAME);
      assertEquals(3, wrong.exitCode(), wrong.toString());
      assertTrue(wrong.stderr().get(0).endsWith("answered another question"), "" + wrong);
      dot.server.faults().onEveryAnswer(AnswerFault.Kind.HANG);
      ChildResult silent = lookup(dot.agent().set("timeout", "500ms"), NAME);
      assertEquals(3, silent.exitCode(), silent.toString());
      assertTrue(silent.stderr().get(0).endsWith("does not answer"), silent.toString());
    }
  }

  /** It is never silent for long, so a bound for silence would never end it. */
  @Test
  void aHandshakeAnOctetAtATime() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> trickle(listening), "trickle");
      server.setDaemon(true);
      server.start();
      String upstream = "127.0.0.1@" + listening.getLocalPort() + "#dns.example";
      ChildResult result =
          Tool.ofTheBuild()
              .command("lookup", NAME)
              .jvmArgs("-Ddotagent.upstreams=" + upstream, "-Ddotagent.timeout=1s")
              .run();
      assertEquals(3, result.exitCode(), result.toString());
      assertEquals(List.of("dot-agent: " + upstream + " no TLS session in time"), result.stderr());
    }
  }

  /**
   * The longest record there is, RFC 8446 §5.1, of which JSSE wants all before it says anything.
   */
  private static void trickle(ServerSocket listening) {
    try (Socket client = listening.accept()) {
      client.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0});
      for (int i = 0; i < 0x4000; i++) {
        client.getOutputStream().write(0);
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException over) {
      // the client has gone, as it should
    }
  }

  @Test
  void wrongUse() {
    Tool tool = Tool.ofTheBuild();
    assertEquals(
        "FOO is not a record type; write one such as AAAA, MX, HTTPS, or TYPE65",
        tool.refuses(2, "lookup", "shop.example", "FOO"));
    assertTrue(tool.refuses(2, "lookup", "a..example").contains("is not a domain name"));
    assertTrue(tool.refuses(2, "lookup", "192.0.2.1", "A").contains("type PTR, not A"));
  }
}
