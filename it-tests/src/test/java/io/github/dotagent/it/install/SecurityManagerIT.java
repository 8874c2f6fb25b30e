package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program under a SecurityManager, from its command line or its own: what it may do is as it was,
 * and we need nothing of it.
 */
class SecurityManagerIT {
  private static final String NAME = "one.many.example.test";

  /** The last that lets a SecurityManager in without being asked. */
  private static final int LAST = 17;

  private static final String MAY_RESOLVE =
      "grant { permission java.net.SocketPermission \"*\", \"resolve\"; };";

  private static final String MAY_NOTHING = "";

  @TempDir Path folder;

  @EachJava(to = LAST)
  void thePermissionToResolveIsEnough(JavaHome java) throws IOException {
    ChildJvm program =
        managed(java, MAY_RESOLVE).args("two.many.example.test", "nobody.example.test");
    Watched run = Watched.run(folder, program.jvmArgs(AGENT));
    List<String> said = run.resolved(run.result().stdout(), NAME).result().stdout();
    assertEquals(List.of("ok " + OVER_TLS, "ok " + OVER_TLS), said.subList(0, 2));
    String unknown = "failed java.net.UnknownHostException: nobody.example.test";
    assertTrue(said.get(2).startsWith(unknown), said.get(2));
    assertOurStderr(run);
  }

  /** The agent has put a logger of its own before the JDK's log of security events. */
  @EachJava(to = LAST)
  void certificatesAreReadAsWithoutTheAgent(JavaHome java) throws Exception {
    byte[] octets = TestAuthority.create(Instant.now(), 1).root().getEncoded();
    String certificate = "certificate:" + Base64.getEncoder().encodeToString(octets);
    ChildJvm program = managed(java, MAY_RESOLVE).args(certificate, certificate);
    Watched run = Watched.run(folder, program.jvmArgs(AGENT));
    run.resolved(List.of("ok " + OVER_TLS, "ok X.509", "ok X.509"), NAME);
    assertOurStderr(run);
  }

  /**
   * As without us. That the name is looked up all the same is the JDK's doing: to compare it with
   * the host of the default policy's "localhost:0" (SocketPermission.implies).
   */
  @EachJava(to = LAST)
  void withoutItTheProgramIsRefused(JavaHome java) throws IOException {
    ChildJvm program = managed(java, MAY_NOTHING);
    String refused = program.run().stdout().get(0);
    assertTrue(refused.contains("AccessControlException"), refused);
    Watched run = Watched.run(folder, program.jvmArgs(AGENT));
    run.resolved(List.of(refused));
    assertOurStderr(run);
  }

  /** No connection is there yet, and much of the agent is not loaded. */
  @EachJava(to = LAST, every = true)
  void aManagerThatTheProgramSetsAtItsStart(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = startOfItsOwn(java, dot)) {
      assertEquals("ok managed", program.ask("manage"));
      everythingWorks(program);
    }
  }

  /** Connections and threads that start later have the agent's own permissions. */
  @EachJava(to = LAST, every = true)
  void oneThatTheProgramSetsLater(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = startOfItsOwn(java, dot)) {
      dot.server.faults().closeIdle(Duration.ofMillis(300));
      assertEquals("ok " + OVER_TLS, program.ask("byName " + NAME));
      assertEquals("ok managed", program.ask("manage"));
      dot.server.log().awaitClosed(1, Duration.ofMinutes(1));
      everythingWorks(program);
    }
  }

  /** The commands get their outcome, whether agent or manager came first. */
  @EachJava(to = LAST, one = true)
  void attachedAndTakenOutUnderOneOfTheProgram(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      for (boolean managerFirst : new boolean[] {true, false}) {
        try (RunningChild program = ChildJvm.program(java, "ManagedLookups").start()) {
          String pid = Long.toString(program.pid());
          String file = settings(dot.agent()).toString();
          if (managerFirst) {
            assertEquals("ok managed", program.ask("manage"));
          }
          attached(program, file);
          if (!managerFirst) {
            assertEquals("ok managed", program.ask("manage"));
          }
          // with its file: where the agent there is not seen, no other server is asked
          assertEquals(
              "dot-agent is in "
                  + pid
                  + " already; nothing was done, and "
                  + file
                  + " was not read there",
              Tool.ofTheBuild().refuses(1, "attach", pid, file));
          String out = Tool.ofTheBuild().does("detach", pid).get(0);
          assertTrue(out.startsWith("dot-agent is removed from " + pid), out);
          assertEquals(
              "there is no agent in " + pid + ": nothing was done",
              Tool.ofTheBuild().refuses(1, "detach", pid));
          attached(program, file);
          program.finish();
        }
      }
    }
  }

  private static void attached(RunningChild program, String file) {
    String pid = Long.toString(program.pid());
    String said = Tool.ofTheBuild().does("attach", pid, file).get(0);
    assertTrue(said.startsWith("dot-agent is installed in " + pid + ": hook Inet"), said);
    assertEquals("ok " + OVER_TLS, program.ask("byName " + NAME));
  }

  private Path settings(Agent agent) {
    StringBuilder text = new StringBuilder();
    agent.settings().forEach((key, value) -> text.append(key + "=" + value + "\n"));
    try {
      return Files.writeString(folder.resolve("dot-agent.properties"), text);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private RunningChild startOfItsOwn(JavaHome java, DotUpstream dot) {
    return dot.agent()
        .set("bypass", "block")
        .uncachedOn(ChildJvm.program(java, "ManagedLookups"))
        .jvmArgs("-Djava.net.preferIPv4Stack=true")
        .start();
  }

  private static void everythingWorks(RunningChild program) {
    assertEquals("ok " + OVER_TLS, program.ask("byName two.many.example.test"));
    for (String way : List.of("socket", "tcp", "tcpChannel")) {
      assertEquals(
          "ok rcode 0, 2 answers from /127.0.0.2:53",
          program.ask("dns " + way + " 127.0.0.2 www.example.test")); // no server listens there
    }
    String resolver = "io.github.dotagent:type=Resolver";
    assertEquals("ok there", program.ask("await " + resolver));
    assertEquals("ok null", program.ask("call " + resolver + " flush"));
    String explained = program.ask("call " + resolver + " explain www.example.test");
    assertTrue(explained.contains("over TLS"), explained);
    assertEquals("ok " + OVER_TLS, program.ask("byName three.many.example.test"));
    assertEquals("ok []", program.ask("denials"));
    ChildResult end = program.finish();
    assertEquals(0, end.exitCode());
    // the JVM may warn of what the program does
    assertTrue(
        end.stderr().stream().allMatch(line -> line.startsWith("WARNING: ")), end.toString());
  }

  private ChildJvm managed(JavaHome java, String grant) throws IOException {
    // = and not ==: added to the default policy
    Path policy = Files.writeString(folder.resolve("program.policy"), grant);
    return ChildJvm.program(java, "ManagedProgram")
        .jvmArgs("-Djava.security.manager", "-Djava.security.policy=" + policy)
        .args(NAME);
  }

  /**
   * The JVM may warn of the SecurityManager itself, of its end and of what we have to do for it.
   */
  private static void assertOurStderr(Watched run) {
    for (String line : run.result().stderr()) {
      assertTrue(line.startsWith("WARNING: ") || line.contains("VM warning: "), run.toString());
    }
  }
}
