package io.github.dotagent.it.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.Pause;
import io.github.dotagent.it.TextFile;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Both caches of a running JVM: how they are asked, set and emptied. */
class CacheIT {
  private static final String NAME = "www.example.test";
  private static final String OTHER = "other.example.test";
  private static final Duration WITHIN = Duration.ofSeconds(20);

  @TempDir Path folder;

  @EachJava
  void aThousandThreadsMakeOneQueryOfEachType(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1", 300));
        RunningChild program = start(java, dot.agent())) {
      program.ask("byName " + OTHER); // the connection is there
      dot.server.log().forgetQueries();
      dot.server.faults().hold(NAME);
      program.send("burst " + NAME + " 1000");
      dot.server.log().awaitQueries(1, WITHIN);
      Pause.of(Duration.ofMillis(500)); // for the other 999
      dot.server.faults().release(NAME);
      assertEquals("ok {192.0.2.1=1000}", program.readLine());
      List<String> asked =
          dot.server.log().queries().stream().map(DotUpstream::question).sorted().toList();
      assertEquals(List.copyOf(dot.questions()), asked, "each type once");
    }
  }

  /** The JVM's cache keeps it for the user's minute, the agent's for the record's five. */
  @EachJava
  void aFlushReachesBoth(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1", 300));
        RunningChild program = start(java, dot.agent(), "-Dsun.net.inetaddr.ttl=60")) {
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      assertEquals("ok 192.0.2.1", program.ask("byName " + OTHER));
      dot.server.serve(at("192.0.2.2", 300));
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      assertEquals("ok flushed", program.ask("flush WWW.example.test."));
      assertEquals("ok 192.0.2.2", program.ask("byName " + NAME));
      assertEquals("ok 192.0.2.1", program.ask("byName " + OTHER));
      assertEquals("ok flushed", program.ask("flush *"));
      assertEquals("ok 192.0.2.2", program.ask("byName " + OTHER));
    }
  }

  /** As without the agent: the program's settings before its first lookup count. */
  @EachJava
  void aProgramMaySetTheJvmsCacheFirst(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1", 1));
        RunningChild program = start(java, logged(dot.agent()))) {
      assertEquals("ok set", program.ask("security networkaddress.cache.ttl 60"));
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      dot.server.serve(at("192.0.2.2", 1));
      Pause.of(Duration.ofMillis(2500));
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      // at the start, if the program was as quick as that, or after it
      assertLogged("JVM cache 60 s, negative 1 s", "");
    }
  }

  @EachJava
  void aUsersOwnSettingIsShownAtStart(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1", 1));
        RunningChild program =
            start(
                java,
                logged(dot.agent()),
                "-Dsun.net.inetaddr.ttl=7",
                "-Dsun.net.inetaddr.negative.ttl=-1",
                "-Dsun.net.inetaddr.stale.ttl=60")) {
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      String stale = java.major() < 21 ? "" : ", stale 60 s";
      assertLogged("started: ", "; JVM cache 7 s, negative for ever" + stale);
    }
  }

  private Agent logged(Agent agent) {
    return agent.set("log.level", "info").set("log.file", folder.resolve("agent.log").toString());
  }

  private void assertLogged(String part, String end) {
    List<String> log = TextFile.linesOf(folder.resolve("agent.log"));
    assertTrue(
        log.stream().anyMatch(line -> line.contains(part) && line.endsWith(end)), log.toString());
  }

  private static Zone at(String address, int ttl) {
    return Zone.builder()
        .soa("example.test", 300, 300)
        .addresses(NAME, ttl, address)
        .addresses(OTHER, ttl, address)
        .build();
  }

  private static RunningChild start(JavaHome java, Agent agent, String... jvmArgs) {
    ChildJvm program = agent.on(ChildJvm.program(java, "LookupProgram")).jvmArgs(jvmArgs);
    if (java.major() > 8) {
      program = program.jvmArgs("--add-opens", "java.base/java.net=ALL-UNNAMED"); // to flush
    }
    return program.args("-").start();
  }
}
