package io.github.dotagent.it.command.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinsCommandIT {
  private static final String SETTING = "-Ddotagent.pins=";

  @TempDir Path folder;

  private DotUpstream start() {
    return DotUpstream.start(folder, SampleZone.ZONE);
  }

  private static ChildResult pins(JavaHome java, Agent settings, String... arguments) {
    return new Tool(java)
        .command("pins")
        .args(arguments)
        .jvmArgs(settings.settingArgs().toArray(String[]::new))
        .run();
  }

  private static ChildResult pins(Agent settings, String... arguments) {
    return pins(JavaHome.current(), settings, arguments);
  }

  private static String last(ChildResult result) {
    return result.stdout().get(result.stdout().size() - 1);
  }

  /** The agent uses no proxy, so the shown pins must not come through one. */
  @Test
  void pinsAreReadWithoutTheProxy() {
    try (DotUpstream dot = start()) {
      ChildResult result =
          new Tool(JavaHome.current())
              .command("pins")
              .jvmArgs(dot.agent().settingArgs().toArray(String[]::new))
              .jvmArgs("-DsocksProxyHost=127.0.0.1", "-DsocksProxyPort=1")
              .jvmArgs("-DsocksNonProxyHosts=") // none: the JDK takes loopback for one otherwise
              .run();
      assertTrue(result.quiet().stdout().get(1).contains(dot.certificate.pin()), "" + result);
    }
  }

  /** With the pasted pins a JVM finds its names, and with another server's key it does not. */
  @EachJava(one = true)
  void theLineToPasteWorks(JavaHome java) {
    try (DotUpstream dot = start()) {
      ChildResult result = pins(java, dot.agent());
      List<String> lines = result.quiet().stdout();
      String pinned = dot.certificate.pin() + "," + dot.authority.issuerPin();
      assertEquals(SETTING + pinned, last(result), result.toString());
      assertEquals(dot.upstream(), lines.get(0));
      assertTrue(lines.get(1).startsWith("  leaf       " + dot.certificate.pin()), "" + result);
      assertTrue(lines.get(2).matches(" +until \\S+, \\d+ days more"), "" + result);
      assertTrue(lines.get(3).startsWith("  issuer     " + dot.authority.issuerPin()));
      assertTrue(lines.get(5).startsWith("  root       " + dot.authority.rootPin()));
      assertEquals(List.of(), dot.server.log().queries(), "nothing is asked");

      ChildJvm program = ChildJvm.program(java, "LookupProgram").jvmArgs(last(result)).args("-");
      try (RunningChild running = dot.agent().uncachedOn(program).start()) {
        assertEquals("ok 192.0.2.1", running.ask("byName www.example.test"));
      }
    }
  }

  @Test
  void aServerThatIsNotTrustedIsShownAndNeverPinned() {
    TestAuthority stranger = TestAuthority.create(Instant.now(), 1);
    try (DotUpstream dot = start()) {
      dot.server.present(stranger.issue(CertificateSpec.forNames(DotUpstream.NAME)));
      ChildResult result = pins(dot.agent());
      assertEquals(3, result.exitCode(), result.toString());
      assertEquals(
          "  NOT trusted: certificate of an unknown authority (issued by CN=Test root)",
          result.stdout().get(1));
      assertTrue(result.stdout().get(2).startsWith("  leaf       sha256/"), result.toString());
      assertFalse(result.toString().contains(SETTING), result.toString());
    }
  }

  @Test
  void oneOfTwo() {
    try (DotUpstream dot = start();
        DotUpstream expired = DotUpstream.start(folder.resolve("other"), SampleZone.ZONE)) {
      expired.server.present(
          dot.authority.issue(CertificateSpec.forNames(DotUpstream.NAME).expired()));
      ChildResult result = pins(dot.agent(), expired.upstream(), dot.upstream());
      assertEquals(1, result.exitCode(), result.toString());
      assertTrue(
          result.stdout().get(1).startsWith("  NOT trusted: certificate expired"), "" + result);
      assertTrue(
          result.stdout().stream().anyMatch(line -> line.contains("EXPIRED on ")), "" + result);
      assertEquals(SETTING + dot.certificate.pin() + "," + dot.authority.issuerPin(), last(result));
    }
  }

  @Test
  void aKeyThatHasChanged() {
    try (DotUpstream dot = start()) {
      ChildResult result = pins(dot.agent().set("pins", SpkiPins.ofNobody()));
      assertEquals(1, result.exitCode(), result.toString());
      assertTrue(
          result.stdout().contains("  yours      NONE of dotagent.pins matches"), "" + result);
      assertTrue(
          result.stdout().get(1).startsWith("  leaf       " + dot.certificate.pin()), "" + result);
      assertFalse(result.toString().contains(SETTING), "no user accepts an attacker's pin");
      assertTrue(last(result).contains("another channel"), result.toString());
      ChildResult json = pins(dot.agent().set("pins", SpkiPins.ofNobody()), "--json");
      assertEquals(1, json.exitCode(), json.toString());
      assertTrue(json.stdout().contains("      \"mismatch\": true,"), json.toString());
      assertTrue(json.stdout().contains("  \"setting\": null"), json.toString());

      ChildResult known = pins(dot.agent().set("pins", dot.authority.issuerPin()));
      assertEquals(0, known.exitCode(), known.toString());
      assertTrue(
          known.stdout().contains("  yours      " + dot.authority.issuerPin() + "  matches"),
          known.toString());
    }
  }

  /** The line to paste has the keys of the server that has kept its own. */
  @Test
  void aKeyThatHasChangedOfOneOfTwo() {
    try (DotUpstream dot = start();
        DotUpstream other = DotUpstream.start(folder.resolve("other"), SampleZone.ZONE)) {
      other.server.present(dot.authority.issue(CertificateSpec.forNames(DotUpstream.NAME)));
      Agent agent = dot.agent().set("pins", dot.certificate.pin());
      ChildResult result = pins(agent, other.upstream(), dot.upstream());
      assertEquals(1, result.exitCode(), result.toString());
      assertTrue(result.toString().contains("another channel"), result.toString());
      assertEquals(SETTING + dot.certificate.pin() + "," + dot.authority.issuerPin(), last(result));
      String json = pins(agent, "--json", other.upstream(), dot.upstream()).toString();
      assertTrue(json.contains("\"mismatch\": true,"), json);
      assertTrue(json.contains("\"mismatch\": false,"), json);
    }
  }

  /** Any server can send along a certificate of the authority: that proves no key. */
  @Test
  void aPinnedKeyInAChainThatIsNotTrusted() {
    TestAuthority other = TestAuthority.create(Instant.now(), 1);
    try (DotUpstream dot = start()) {
      String trusted = other.writeTrustStores(folder.resolve("other")).pem().toString();
      Agent agent = dot.agent().set("trustStore", trusted);
      ChildResult result = pins(agent.set("pins", dot.authority.issuerPin()));
      assertEquals(3, result.exitCode(), result.toString());
      assertTrue(result.toString().contains("NOT trusted"), result.toString());
      assertTrue(result.toString().contains(dot.authority.issuerPin()), "it is shown");
      assertFalse(result.toString().contains("  yours "), result.toString());
    }
  }

  /** With auth=pins a server has nothing but its pin to prove itself by. */
  @Test
  void pinsAlone() {
    try (DotUpstream dot = start()) {
      Agent agent = Agent.bare().set("upstreams", dot.upstream()).set("auth", "pins");
      ChildResult stranger = pins(agent.set("pins", SpkiPins.ofNobody()));
      assertEquals(3, stranger.exitCode(), stranger.toString());
      assertFalse(stranger.toString().contains(SETTING), stranger.toString());
      ChildResult known = pins(agent.set("pins", dot.certificate.pin()));
      assertEquals(0, known.exitCode(), known.toString());
      assertEquals(
          SETTING + dot.certificate.pin(), last(known), "the issuer signs for others, too");
      assertTrue(stranger.toString().contains("another channel"), stranger.toString());
    }
  }

  @Test
  void forPrograms() {
    try (DotUpstream dot = start()) {
      String text = String.join("\n", pins(dot.agent(), "--json").quiet().stdout());
      assertTrue(text.startsWith("{\n  \"upstreams\": ["), text);
      assertTrue(
          text.contains("\"role\": \"leaf\",\n          \"pin\": \"" + dot.certificate.pin()));
      String pinned = dot.certificate.pin() + "," + dot.authority.issuerPin();
      assertTrue(text.endsWith("\"setting\": \"" + SETTING + pinned + "\"\n}"), text);
    }
  }

  @Test
  void nothingListens() {
    ChildResult result = pins(Agent.bare(), "127.0.0.1@1");
    assertEquals(3, result.exitCode(), result.toString());
    assertEquals("  NOT reached: connection refused", result.stdout().get(1));
  }

  @Test
  void wrongUse() {
    String refusal = Tool.ofTheBuild().refuses(2, "pins", "1.1.1.1@port");
    assertTrue(refusal.contains("dotagent.upstreams=1.1.1.1@port"), refusal);
  }
}
