package io.github.dotagent.it.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.Pause;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Every server is gone: names that were looked up before still resolve. */
class OutageIT {
  private static final List<String> NAMES =
      List.of("one.example.test", "two.example.test", "alias.example.test");

  private static final int TTL = 1;

  /** The TTL and the JVM's second are over. */
  private static final Duration EXPIRED = Duration.ofMillis(2100);

  /** RFC 8767: 1.8 s until the program is answered, and a busy machine; the timeout is 30 s. */
  private static final Duration ANSWERED_WITHIN = Duration.ofMillis(1800 + 10_000);

  /** RFC 8767: 30 s between two attempts; the JVM's second; what the machine takes. */
  private static final Duration FRESH_WITHIN = Duration.ofSeconds(30 + 1 + 30);

  @TempDir Path folder;

  @EachJava(one = true)
  void serversThatAreGone(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1"));
        RunningChild program = start(java, dot.agent())) {
      assertAll(program, "ok 192.0.2.1");
      dot.server.close();
      for (int times = 0; times < 2; times++) {
        Pause.of(EXPIRED);
        assertAll(program, "ok 192.0.2.1");
      }
      String unknown = program.ask("why new.example.test");
      assertTrue(unknown.contains("no answer over TLS"), unknown);
    }
  }

  @EachJava(one = true)
  void serversThatAreSilent(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1"));
        RunningChild program = start(java, dot.agent())) {
      assertAll(program, "ok 192.0.2.1");
      dot.server.faults().onEveryAnswer(AnswerFault.Kind.HANG);
      Pause.of(EXPIRED);
      for (String name : NAMES) {
        long begun = System.nanoTime();
        assertEquals("ok 192.0.2.1", program.ask("byName " + name));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(ANSWERED_WITHIN) < 0, name + " took " + took);
      }
    }
  }

  /** If the servers say that the name is gone, its stale answer is not used either. */
  @EachJava(one = true)
  void aNameThatIsGoneIsGone(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1"));
        RunningChild program = start(java, dot.agent())) {
      assertAll(program, "ok 192.0.2.1");
      dot.server.serve(Zone.builder().soa("example.test", TTL, TTL).build());
      Pause.of(EXPIRED);
      String said = program.ask("byName one.example.test");
      assertTrue(said.contains("no such name"), said);
    }
  }

  @EachJava(one = true)
  void withStaleOffLookupsFail(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1"));
        RunningChild program = start(java, dot.agent().set("cache.stale", "0s"))) {
      assertAll(program, "ok 192.0.2.1");
      dot.server.close();
      Pause.of(EXPIRED);
      String said = program.ask("byName one.example.test");
      assertTrue(said.contains("no answer over TLS"), said);
    }
  }

  /** On one Java, for it takes half a minute. */
  @EachJava(from = 25, to = 25)
  void afterwardsTheyAreFreshWithinHalfAMinute(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1"));
        RunningChild program = start(java, dot.agent())) {
      assertAll(program, "ok 192.0.2.1");
      DotServerOptions again = dot.server.again();
      dot.server.close();
      Pause.of(EXPIRED);
      assertAll(program, "ok 192.0.2.1");
      try (DotServer back = DotServer.start(again)) {
        back.serve(at("192.0.2.2"));
        long begun = System.nanoTime();
        for (String name : NAMES) {
          String said = "";
          while (!said.equals("ok 192.0.2.2")) {
            Pause.of(Duration.ofMillis(500));
            said = program.ask("byName " + name);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(took.compareTo(FRESH_WITHIN) < 0, said + " after " + took);
          }
        }
      }
    }
  }

  private static void assertAll(RunningChild program, String expected) {
    for (String name : NAMES) {
      assertEquals(expected, program.ask("byName " + name));
    }
  }

  private static Zone at(String address) {
    return Zone.builder()
        .soa("example.test", TTL, TTL)
        .addresses("one.example.test", TTL, address)
        .addresses("two.example.test", TTL, address)
        .cname("alias.example.test", TTL, "one.example.test")
        .build();
  }

  private static RunningChild start(JavaHome java, Agent agent) {
    return agent.on(ChildJvm.program(java, "LookupProgram")).args("-").start();
  }
}
