package io.github.dotagent.it.command.running;

import static io.github.dotagent.it.command.running.RunningPrograms.NOWHERE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import io.github.dotagent.it.install.JlinkImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that cannot be attached to: why not, in one line, and nothing happens to them. */
class CannotReachIT {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final Tool tool = Tool.ofTheBuild();

  @TempDir Path folder;

  @Test
  void noSuchProcess() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String pid = Long.toString(ended.pid());
    assertEquals(
        "there is no process " + pid + "; jps lists this user's JVMs",
        tool.refuses(1, "status", pid));
  }

  /** The signal that wakes a JVM's listener would end it. */
  @Test
  void aProcessThatIsNotAJvmIsRefused() {
    try (RunningChild sleep = RunningChild.of(List.of("sleep", "300"), WITHIN)) {
      String pid = Long.toString(sleep.pid());
      for (String command : List.of("attach", "status", "flush")) {
        assertEquals(
            pid + " is not a JVM; jps lists this user's JVMs", tool.refuses(1, command, pid));
      }
      assertTrue(sleep.isAlive());
    }
  }

  /** As nginx and PostgreSQL shut down when they catch it. */
  @Test
  void aProgramThatCatchesTheSignalIsNotSignalled() {
    String trap = "trap 'echo told to quit; exit' QUIT; echo ready; while :; do sleep 0.1; done";
    try (RunningChild shell = RunningChild.of(List.of("sh", "-c", trap), WITHIN)) {
      assertEquals("ready", shell.readLine());
      String pid = Long.toString(shell.pid());
      for (String command : List.of("attach", "status", "flush")) {
        assertEquals(
            pid + " is not a JVM; jps lists this user's JVMs", tool.refuses(1, command, pid));
      }
      assertTrue(shell.isAlive());
    }
  }

  /** The command would report success without any effect. */
  @Test
  void anInvalidHostNameIsRefused() {
    String character = ": not a host name, it has a character that is not allowed in a host name";
    assertEquals("*.example.test" + character, tool.refuses(2, "flush", "1", "*.example.test"));
    assertEquals(": not a host name, it has an empty label", tool.refuses(2, "flush", "1", ""));
  }

  @Test
  void thisCommandItself() {
    String command = "exec " + JavaHome.current().java() + " -jar " + Agent.jar() + " status $$";
    try (RunningChild self = RunningChild.of(List.of("sh", "-c", command), WITHIN)) {
      assertEquals(
          "dot-agent: " + self.pid() + " is this command itself; name another JVM",
          self.readLine());
      assertEquals(1, self.await().exitCode());
    }
  }

  /** The command does not wait for a JVM that cannot answer. */
  @Test
  void aStoppedJvm() throws Exception {
    try (RunningChild program =
        RunningPrograms.program(JavaHome.current()).jvmArgs(NOWHERE).start()) {
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String pid = Long.toString(program.pid());
      signal("STOP", pid);
      try {
        assertEquals(
            pid + " is stopped and cannot answer; kill -CONT " + pid + " lets it run",
            tool.refuses(1, "attach", "--force", pid));
      } finally {
        signal("CONT", pid);
      }
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
    }
  }

  private static void signal(String name, String pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, pid).start();
    assertTrue(kill.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, kill.exitValue());
  }

  @EachJava(few = true)
  void attachingIsSwitchedOff(JavaHome java) {
    try (RunningChild program =
        RunningPrograms.program(java).jvmArgs(NOWHERE, "-XX:+DisableAttachMechanism").start()) {
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String pid = Long.toString(program.pid());
      String why =
          pid
              + " was started with -XX:+DisableAttachMechanism: the agent can be added only at its"
              + " start, with -javaagent:dot-agent.jar";
      assertEquals(why, tool.refuses(1, "attach", "--force", pid));
      assertEquals(why, tool.refuses(1, "flush", pid));
      program.finish().quiet();
    }
  }

  /**
   * The signal that wakes an attach listener makes this JVM print all its threads; the command does
   * not wait for an answer.
   */
  @EachJava(few = true)
  void attachingIsSwitchedOffWithoutPerformanceData(JavaHome java) {
    try (RunningChild program =
        RunningPrograms.program(java)
            .jvmArgs(NOWHERE, "-XX:-UsePerfData", "-XX:+DisableAttachMechanism")
            .start()) {
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String pid = Long.toString(program.pid());
      assertEquals(
          pid
              + " was started with -XX:+DisableAttachMechanism: the agent can be added only at its"
              + " start, with -javaagent:dot-agent.jar",
          tool.refuses(1, "status", pid));
      assertEquals(List.of("ok 127.0.0.1"), program.finish().quiet().stdout());
    }
  }

  @EachJava(few = true, from = 9)
  void agentsAreSwitchedOff(JavaHome java) {
    agentsAreSwitchedOff(java, java);
  }

  /** A command of Java 8 is answered in another way. */
  @EachJava(from = 27)
  void java8ReportsThatAgentsAreSwitchedOff(JavaHome newest) {
    InstalledJdks.find(8).ifPresent(oldest -> agentsAreSwitchedOff(oldest, newest));
  }

  private void agentsAreSwitchedOff(JavaHome command, JavaHome java) {
    try (RunningChild program =
        ChildJvm.program(java, "LookupProgram")
            .args("-")
            .jvmArgs(NOWHERE, "-XX:-EnableDynamicAgentLoading")
            .start()) {
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String pid = Long.toString(program.pid());
      assertEquals(
          pid
              + " was started with -XX:-EnableDynamicAgentLoading: the agent can be added only at"
              + " its start, with -javaagent:dot-agent.jar",
          new Tool(command).refuses(1, "attach", "--force", pid));
      program.finish().quiet();
    }
  }

  /** It has a network namespace of its own, and our files. */
  @Test
  void statusFailsInAnotherNetworkNamespace() {
    InNamespace.assumePossible(CannotReachIT.class);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent()
                .on(RunningPrograms.program(JavaHome.current()))
                .inside(NetworkNamespace.in(folder.resolve("network")))
                .start()) {
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String pid = Long.toString(program.pid());
      assertEquals(
          pid
              + " cannot be reached through JMX: it runs in another network; run this command"
              + " there: docker exec, kubectl exec, or nsenter -n -t "
              + pid,
          tool.refuses(1, "status", pid));
    }
  }

  /** A runtime image may lack the attach module, or JMX. */
  @Test
  void theCommandsJavaLacksModules() {
    String few = "--limit-modules=java.base,java.management.rmi";
    String home = JavaHome.current().folder().toString();
    String noAttach = Tool.refusal(1, tool.command("attach", "--force", "1").jvmArgs(few).run());
    assertTrue(
        noAttach.startsWith(
            "the Java that runs this command cannot attach to others: " + home + " has no module"),
        noAttach);
    assertTrue(noAttach.endsWith("; run it with the java of a JDK"), noAttach);
    String base = "--limit-modules=java.base,jdk.attach";
    for (String command : List.of("status", "flush")) {
      assertEquals(
          "the Java that runs this command has no JMX: "
              + home
              + " lacks the module java.management.rmi; run it with the java of a JDK",
          Tool.refusal(1, tool.command(command, "1").jvmArgs(base).run()));
    }
  }

  /** The runtime image of the target may lack the modules for attaching. */
  @Test
  void theProgramsJavaLacksModules() {
    Path image = JlinkImage.of(JavaHome.current(), folder, folder, "java.instrument");
    JavaHome java = new JavaHome(image, JavaHome.current().major());
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = dot.agent().on(RunningPrograms.program(java)).start()) {
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String pid = Long.toString(program.pid());
      String said = tool.refuses(1, "status", pid);
      assertTrue(said.startsWith(pid + " cannot be reached through JMX: "), said);
      assertTrue(
          said.endsWith("; a runtime image needs the module jdk.management.agent for that"), said);
    }
  }
}
