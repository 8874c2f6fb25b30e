package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar is copied over, and deleted, under a JVM that runs: what was never used before works all
 * the same. And whatever Error there is inside the agent, a lookup fails as lookups do.
 */
class JarReplacedIT {
  private static final String LET_GO = "the jar is no longer read";
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int OTHER_OCTETS = 100_000;

  @TempDir Path folder;

  @EachJava(few = true)
  void theAgentGoesOn(JavaHome java) throws IOException {
    Path jar = Files.copy(Agent.jar(), folder.resolve("copy.jar"));
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child = program(java, jar, dot.agent().set("log.level", "debug")).start()) {
      assertEquals("www.example.test/192.0.2.1", child.ask("lookup www.example.test"));
      awaitOnStderr(child, LET_GO);
      Files.write(jar, new byte[OTHER_OCTETS]); // in place, as cp does it

      assertEquals("a.many.example.test/192.0.2.9", child.ask("lookup a.many.example.test"));
      assertStartsWith(
          "java.net.UnknownHostException: nobody.example.test: no such name",
          child.ask("lookup nobody.example.test"));
      assertStartsWith(
          "java.net.UnknownHostException: broken.example.test: ",
          child.ask("lookup broken.example.test"));
      assertEquals("2 beans", child.ask("beans"));
      assertStartsWith("rcode 0, 1 answers", child.ask("udp b.many.example.test"));
      Files.delete(jar);
      dot.server.dropConnections();
      assertEquals("c.many.example.test/192.0.2.9", child.ask("lookup c.many.example.test"));

      assertStartsWith(
          "java.net.UnknownHostException: x: dot-agent failed: java.lang.NoClassDefFoundError,"
              + " cause java.lang.NoClassDefFoundError",
          child.ask("throws java.lang.NoClassDefFoundError x"));
      assertStartsWith(
          "java.net.UnknownHostException: y: dot-agent failed: java.lang.AssertionError,",
          child.ask("throws java.lang.AssertionError y"));
      // as from the JDK's own resolver: they are the thread's, and no answer for others to keep
      assertStartsWith(
          "java.lang.StackOverflowError,", child.ask("throws java.lang.StackOverflowError z"));
      assertStartsWith(
          "java.lang.OutOfMemoryError,", child.ask("throws java.lang.OutOfMemoryError z"));
      ChildResult end = child.finish();
      assertEquals(0, end.exitCode(), end::toString);
      assertTrue(end.stderr().stream().noneMatch(line -> line.contains(" error ")), end::toString);
    }
  }

  private static ChildJvm program(JavaHome java, Path jar, Agent agent) {
    ChildJvm program =
        ChildJvm.program(java, "RareParts")
            .jvmArgs("-javaagent:" + jar)
            .jvmArgs(agent.settingArgs().toArray(String[]::new));
    return java.major() == 8
        ? program
        : program.jvmArgs("--add-opens=java.base/java.net=ALL-UNNAMED");
  }

  private static void assertStartsWith(String start, String text) {
    assertTrue(text.startsWith(start), text);
  }

  private static void awaitOnStderr(RunningChild child, String text) {
    Instant end = Instant.now().plus(BOUND);
    while (child.stderr().stream().noneMatch(line -> line.contains(text))) {
      assertTrue(Instant.now().isBefore(end), () -> "no line with " + text + child.stderr());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
