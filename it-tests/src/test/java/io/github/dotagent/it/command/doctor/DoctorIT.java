package io.github.dotagent.it.command.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.FreePort;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.ConnectFault;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.AnswerWriter;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Setups with one defect each, and the doctor's findings. */
class DoctorIT {
  private static final JavaHome JAVA = JavaHome.current();

  @TempDir Path folder;

  private DotUpstream start() {
    return DotUpstream.start(folder, SampleZone.ZONE);
  }

  private static Doctor of(DotUpstream dot) {
    return Doctor.run(JAVA, dot.agent());
  }

  @EachJava(one = true)
  void allIsWell(JavaHome java) {
    try (DotUpstream dot = start()) {
      String pins = dot.certificate.pin() + "," + dot.authority.issuerPin();
      Agent agent = dot.agent().set("pins", pins);
      Doctor doctor = Doctor.of(Doctor.child(java, agent).jvmArgs(ChildJvm.STARTS_OTHERS).run());
      assertEquals(List.of(), doctor.failed(), doctor.toString());
      assertEquals(0, doctor.exitCode());
      assertTrue(doctor.line("TLS").contains("TLSv1.3"), doctor.toString());
      assertEquals("ok    " + DotUpstream.NAME, doctor.line("name"));
      assertTrue(doctor.line("pins").endsWith("matched"), doctor.toString());
      assertEquals("ok    idle connections are kept for 60 s", doctor.line("keepalive"));
      assertTrue(doctor.line("padding").startsWith("ok "), doctor.toString());
      assertEquals("ok    in place and proved, in a separate JVM", doctor.line("hook"));
      String last = doctor.lines().get(doctor.lines().size() - 1);
      assertTrue(
          last.startsWith("Names resolve: yes, on 1 of 1 server. In the clear: at most"), last);
      assertTrue(last.endsWith(" Nothing is wrong."), last);
    }
  }

  @Test
  void nothingListens() {
    Doctor doctor = Doctor.run(JAVA, Agent.bare().set("upstreams", "127.0.0.1@" + FreePort.next()));
    doctor.failedFor("connect", "connection refused");
    assertEquals(3, doctor.exitCode());
  }

  /** A listener whose queue is full lets the kernel drop what comes, as a firewall does. */
  @Test
  void theFirewallDropsThePort() throws IOException {
    List<Socket> queued = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try {
        for (int i = 0; i < 4; i++) {
          Socket socket = new Socket();
          queued.add(socket);
          socket.connect(full.getLocalSocketAddress(), 300);
        }
      } catch (IOException itIsFull) {
        // as is meant
      }
      Doctor doctor =
          Doctor.run(JAVA, Agent.bare().set("upstreams", "127.0.0.1@" + full.getLocalPort()));
      doctor.failedFor("connect", "port " + full.getLocalPort() + " is blocked");
      doctor.told("have the firewall let TCP port " + full.getLocalPort() + " out");
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  @Test
  void aCaptivePortalThatSpeaksNoTls() {
    try (DotUpstream dot = start()) {
      dot.server.faults().onEveryConnection(ConnectFault.PLAIN_TEXT);
      Doctor doctor = of(dot);
      doctor.failedFor("TLS", "no TLS session");
      doctor.told("captive portal");
      assertEquals(3, doctor.exitCode());
    }
  }

  @Test
  void aSilentServerFailsTheTlsCheck() {
    try (DotUpstream dot = start()) {
      dot.server.faults().onEveryConnection(ConnectFault.SILENCE);
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("timeout", "1s"));
      doctor.failedFor("TLS", "connected, then silent");
    }
  }

  @Test
  void aServerThatRefusesToResolve() {
    Zone refusing = Zone.builder().rcode("example.com", ResponseCodes.REFUSED).build();
    try (DotUpstream dot = DotUpstream.start(folder, refusing)) {
      Doctor doctor = of(dot);
      doctor.failedFor("answer", "example.com: REFUSED");
      assertEquals(1, doctor.exitCode(), "it was reached and authenticated");
      String last = doctor.lines().get(doctor.lines().size() - 1);
      assertTrue(last.startsWith("Names resolve: no, on none of 1 server. "), last);
    }
  }

  /** Lookups ask it again without, so it is no failure. */
  @ParameterizedTest
  @ValueSource(ints = {ResponseCodes.FORMERR, ResponseCodes.SERVFAIL, ResponseCodes.NOTIMP})
  void aServerWithoutEdns(int rcode) {
    for (int answersOnAConnection : new int[] {1000, 1}) {
      try (DotUpstream dot = start()) {
        dot.server.faults().closeAfter(answersOnAConnection);
        dot.server
            .faults()
            .onEveryAnswer(new AnswerFault.Message(query -> refusedEdns(query, rcode)));
        Doctor doctor = of(dot);
        assertEquals(List.of(), doctor.failed(), doctor.toString());
        assertTrue(doctor.line("answer").startsWith("ok"), doctor.toString());
        assertTrue(doctor.line("EDNS").contains("none: answers "), doctor.toString());
        assertEquals(0, doctor.exitCode());
      }
    }
  }

  private static byte[] refusedEdns(DnsQuery query, int rcode) {
    return AnswerWriter.withoutEdns(
        query,
        query.edns().isPresent()
            ? ZoneAnswer.failure(rcode)
            : SampleZone.ZONE.answer(query.name(), query.type()));
  }

  /** The servers say which domain is public, and not a list of names. */
  @Test
  void aSearchDomainThatTheServersDoNotKnow() {
    Zone zone =
        Zone.builder()
            .addresses("example.com", 60, "192.0.2.1")
            .addresses("www.company.example.com", 60, "192.0.2.1")
            .build();
    try (DotUpstream dot = DotUpstream.start(folder, zone)) {
      Doctor doctor =
          Doctor.run(JAVA, dot.agent().set("search", "company.example.com,sub.acme-intern.net"));
      assertEquals(
          "note  sub.acme-intern.net in the search list is not a public domain, and the upstreams"
              + " are asked for names in it",
          doctor.line("domains"));
      assertTrue(dot.questions().contains("sub.acme-intern.net SOA"), dot.questions().toString());
    }
  }

  /** Like a middlebox that alters responses. */
  @Test
  void aServerThatAnswersAnotherQuestion() {
    try (DotUpstream dot = start()) {
      dot.server.faults().onEveryAnswer(AnswerFault.Kind.WRONG_QUESTION);
      Doctor doctor = of(dot);
      doctor.failedFor("answer", "answered another question");
      doctor.told("the agent rejects such an answer");
      assertEquals(List.of("answer"), doctor.failed(), doctor.toString());
      assertEquals(1, doctor.exitCode());
      dot.server.faults().onEveryAnswer(AnswerFault.Kind.WRONG_ID);
      doctor = of(dot);
      doctor.failedFor("answer", "answered with another id than the query's");
      doctor.told("this is not an answer to a query");
      dot.server.faults().onNextAnswer(new AnswerFault.Delay(Duration.ZERO));
      dot.server.faults().onEveryAnswer(AnswerFault.Kind.WRONG_QUESTION);
      of(dot).failedFor("round trip", "answered another question");
    }
  }

  /** It is slow with that, and the agent gets through: RFC 7766 §6.2.1 asks for more. */
  @Test
  void aServerThatClosesAfterEachAnswer() {
    try (DotUpstream dot = start()) {
      dot.server.faults().closeAfter(1);
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("search", "acme-intern.net"));
      assertEquals(List.of(), doctor.failed(), doctor.toString());
      assertTrue(
          doctor.line("round trip").startsWith("note  the connection ended after 1 of 4"),
          doctor.toString());
      assertEquals(0, doctor.exitCode(), doctor.toString());
      String summary = doctor.lines().get(doctor.lines().size() - 1);
      assertTrue(summary.contains(" Nothing failed. Notes: "), summary);
    }
  }

  @Test
  void anEmptyTrustStoreIsAFailure() throws IOException {
    try (DotUpstream dot = start()) {
      Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("trustStore", empty.toString()));
      doctor.failedFor("trust store", "empty.pem");
      doctor.failedFor("hook", "empty.pem");
    }
  }

  /** The servers that are asked are still the user's. */
  @Test
  void anAgentThatIsSwitchedOff() {
    try (DotUpstream dot = start()) {
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("enabled", "false"));
      doctor.failedFor("hook", "dotagent.enabled=false");
      assertEquals(List.of("hook"), doctor.failed(), doctor.toString());
      assertEquals(1, doctor.exitCode());
    }
  }

  /** The agent's own message is in its log. */
  @Test
  void anAgentThatLogsIntoAFile() {
    try (DotUpstream dot = start()) {
      Path log = folder.resolve("agent.log");
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("log.file", log.toString()));
      assertEquals("ok    in place and proved, in a separate JVM", doctor.line("hook"));
      assertFalse(Files.exists(log), "a trial is nothing for the service's log");
    }
  }

  @Test
  void aResolverProviderOnTheClassPathIsANote() {
    try (DotUpstream dot = start()) {
      Path dnsjava = Path.of("target", "third-party", "dnsjava.jar").toAbsolutePath();
      Doctor doctor = Doctor.run(JAVA, dot.agent(), "--class-path", dnsjava.toString());
      assertTrue(
          doctor.line("class path").startsWith("note  " + dnsjava + ": resolver provider "),
          doctor.toString());
      assertTrue(doctor.line("hook").startsWith("ok "), doctor.toString());
      assertEquals(0, doctor.exitCode(), "it is no failure");
    }
  }

  /** Unit tests have each option; a debugger is not begun, and its name not looked up. */
  @Tag("wide")
  @Test
  void aCommandLineThatCausesEarlyLookupsIsAFailure() {
    String line = "java -agentlib:jdwp=transport=dt_socket,address=ide.example:5005 %s Main";
    try (DotUpstream dot = start()) {
      String[] options = {"--command-line", line.formatted("-javaagent:" + Agent.jar())};
      Doctor doctor = Doctor.run(JAVA, dot.agent(), options);
      doctor.failedFor("early lookups", "looks ide\\.example up");
      assertEquals(1, doctor.exitCode(), doctor.toString());
    }
  }

  @Test
  void forPrograms() {
    try (DotUpstream dot = start()) {
      Doctor doctor = Doctor.run(JAVA, dot.agent(), "--json");
      String text = String.join("\n", doctor.lines());
      assertTrue(text.startsWith("{\n  \"sections\": ["), text);
      assertTrue(text.contains("\"check\": \"round trip\""), text);
      assertTrue(text.endsWith(" Nothing is wrong.\"\n}"), text);
    }
  }
}
