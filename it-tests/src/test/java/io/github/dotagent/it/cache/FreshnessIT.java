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
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** With both caches, a change is seen when the TTL is over. */
class FreshnessIT {
  private static final String NAME = "www.example.test";
  private static final int TTL = 2;

  /** The TTL, and the second of the JVM's own cache. */
  private static final Duration SEEN_AFTER = Duration.ofSeconds(TTL + 1);

  /** For a child that shares its core with others; the JDK alone would take 30 s. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  /** It may be refreshed in the last tenth of its TTL. */
  private static final Duration KEPT_FOR = Duration.ofMillis(1000 * TTL * 9 / 10);

  private static final Duration BETWEEN = Duration.ofMillis(50);

  @TempDir Path folder;

  @EachJava
  void aChangedAddressIsSeenASecondAfterItsTtlAtTheLatest(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1"));
        RunningChild program = start(java, dot.agent())) {
      assertSeen(program, dot, "ok 192.0.2.1", at("192.0.2.2"), "ok 192.0.2.2");
    }
  }

  @EachJava(one = true)
  void aNameThatAppearsIsSeenToo(JavaHome java) {
    Zone empty = Zone.builder().soa("example.test", TTL, TTL).build();
    try (DotUpstream dot = DotUpstream.start(folder, empty);
        RunningChild program = start(java, dot.agent())) {
      String missing = "failed java.net.UnknownHostException: " + NAME;
      assertSeen(program, dot, missing, at("192.0.2.2"), "ok 192.0.2.2");
    }
  }

  /** There the JDK keeps an address for ever by default. */
  @EachJava(to = 17)
  void underASecurityManager(JavaHome java) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("program.policy"), "grant { permission java.security.AllPermission; };");
    try (DotUpstream dot = DotUpstream.start(folder, at("192.0.2.1"));
        RunningChild program =
            start(
                java, dot.agent(), "-Djava.security.manager", "-Djava.security.policy=" + policy)) {
      assertSeen(program, dot, "ok 192.0.2.1", at("192.0.2.2"), "ok 192.0.2.2");
    }
  }

  private static void assertSeen(
      RunningChild program, DotUpstream dot, String before, Zone then, String after) {
    program.ask("byName nobody.example.test"); // the connection is there
    long asked = System.nanoTime();
    String said = program.ask("byName " + NAME);
    long answered = System.nanoTime();
    assertTrue(said.startsWith(before), said);
    dot.server.serve(then);
    while (!said.equals(after) && since(answered).compareTo(SEEN_AFTER.plus(MARGIN)) < 0) {
      Pause.of(BETWEEN);
      said = program.ask("byName " + NAME);
    }
    assertEquals(after, said, () -> "not seen within " + SEEN_AFTER.plus(MARGIN));
    Duration kept = since(asked);
    assertTrue(kept.compareTo(KEPT_FOR) > 0, "it was kept for " + kept);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static Zone at(String address) {
    return Zone.builder().soa("example.test", TTL, TTL).addresses(NAME, TTL, address).build();
  }

  private static RunningChild start(JavaHome java, Agent agent, String... jvmArgs) {
    ChildJvm program = agent.on(ChildJvm.program(java, "LookupProgram")).jvmArgs(jvmArgs);
    return program.args("-").start();
  }
}
