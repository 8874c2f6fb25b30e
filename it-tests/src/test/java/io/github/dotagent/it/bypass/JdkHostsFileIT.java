package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/**
 * With {@code -Djdk.net.hosts.file} lookups are the JDK's, by that file alone; DNS that libraries
 * do by themselves goes over TLS as ever.
 */
class JdkHostsFileIT {
  private static final String SERVER = "127.0.0.1"; // where no process listens on port 53
  private static final String WWW = " www.example.test";
  private static final String ANSWERED = " rcode 0, 2 answers from /127.0.0.1:53";
  private static final String HOOK =
      "hook none (jdk.net.hosts.file is set: the JDK answers lookups from that file alone)";

  @TempDir Path folder;

  @EachJava(from = 11, one = true) // Java 8 does not know it
  void bypassStaysInForce(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent()
                .set("bypass", "block")
                .set("log.level", "info")
                .on(program(java).jvmArgs(hostsFile()))
                .start()) {
      fromTheFileAlone(program, dot);
      byTheProgramItself(program);
      String status = String.join(" ", Tool.ofTheBuild().does("status", pid(program)));
      assertTrue(status.replaceAll(" +", " ").contains(HOOK), status);
      List<String> log = program.finish().stderr();
      assertTrue(
          log.stream()
              .anyMatch(
                  line ->
                      line.contains("info jdk.net.hosts.file is set: ")
                          && line.endsWith(
                              "the agent protects only DNS queries that libraries send"
                                  + " themselves")),
          log.toString());
      assertTrue(log.stream().anyMatch(line -> line.contains("; " + HOOK + "; ")), log.toString());
      assertTrue(log.stream().noneMatch(line -> line.contains(" error ")), log.toString());
    }
  }

  @EachJava(from = 11, one = true)
  void bypassWorksFromAttachToDetach(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = program(java).jvmArgs(hostsFile()).start()) {
      assertEquals("name 192.0.2.99", program.ask("name only.example.test"));
      String file = settings(dot.agent()).toString();
      String attached = Tool.ofTheBuild().does("attach", pid(program), file).get(0);
      assertTrue(attached.contains(HOOK), attached);
      fromTheFileAlone(program, dot);
      byTheProgramItself(program);
      Tool.ofTheBuild().does("detach", pid(program));
      assertEquals("name 192.0.2.99", program.ask("name only.example.test"));
      program.finish();
    }
  }

  /** The JDK decided before: it does not read that file, and lookups are hooked. */
  @EachJava(from = 17, to = 17)
  void aFileSetAfterTheStartDoesNotPreventTheHook(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = program(java).start()) {
      assertEquals("name 127.0.0.1", program.ask("name 127.0.0.1"));
      assertEquals("set", program.ask("set " + hostsFile().substring(2)));
      String file = settings(dot.agent()).toString();
      String attached = Tool.ofTheBuild().does("attach", pid(program), file).get(0);
      assertTrue(!attached.contains(HOOK), attached);
      assertEquals("name 192.0.2.1", program.ask("name" + WWW));
      program.finish();
    }
  }

  private static void fromTheFileAlone(RunningChild program, DotUpstream dot) {
    assertEquals("name 192.0.2.99", program.ask("name only.example.test"));
    String unknown = program.ask("name" + WWW);
    assertTrue(unknown.startsWith("name java.net.UnknownHostException: "), unknown);
    assertEquals(Set.of(), dot.questions());
  }

  private static void byTheProgramItself(RunningChild program) {
    assertEquals("socket" + ANSWERED, program.ask("socket" + WWW));
    assertEquals("channel" + ANSWERED, program.ask("channel" + WWW));
    assertEquals("tcp" + ANSWERED, program.ask("tcp" + WWW));
    assertEquals("jndiTXT [\"no address\"]", program.ask("jndiTXT text.example.test"));
  }

  private static ChildJvm program(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "OwnDns").args(SERVER);
    return java.major() >= 21 ? program.jvmArgs("-XX:+EnableDynamicAgentLoading") : program;
  }

  private static String pid(RunningChild program) {
    return Long.toString(program.pid());
  }

  private String hostsFile() throws IOException {
    Path file = folder.resolve("own-hosts");
    Files.writeString(file, "192.0.2.99 only.example.test\n");
    return "-Djdk.net.hosts.file=" + file;
  }

  private Path settings(Agent agent) throws IOException {
    StringBuilder text = new StringBuilder();
    agent.settings().forEach((key, value) -> text.append(key + "=" + value + "\n"));
    return Files.writeString(folder.resolve("dot-agent.properties"), text);
  }
}
