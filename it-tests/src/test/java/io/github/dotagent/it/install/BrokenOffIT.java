package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lookups and connections that are broken off anywhere, for want of memory or by the program: the
 * next are well.
 */
class BrokenOffIT {
  private static final String DOMAIN = ".many.example.test";

  private static final String FILLS = "10";

  private static final String STOPS = "600";

  /** Each costs a handshake, and now and then a second until the next is tried. */
  private static final String STOPPED_CONNECTIONS = Integer.toString(Breadth.times(20, 60));

  @TempDir Path folder;

  @EachJava(few = true)
  void theHeapIsFullAgainAndAgain(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program = ChildJvm.program(java, "HeapEnd").jvmArgs("-Xmx40m");
      ChildResult ended =
          dot.agent()
              .set("log.level", "off")
              .set("timeout", "5s")
              .uncachedOn(program)
              .args(DOMAIN, FILLS)
              .run();
      assertEquals(List.of("filled " + FILLS, "found 20 of 20"), ended.stdout(), ended::toString);
    }
  }

  /** Thread.stop, up to Java 19. */
  @EachJava(few = true, to = 17)
  void callersAreStopped(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program = ChildJvm.program(java, "StoppedCallers");
      ChildResult ended =
          dot.agent()
              .set("log.level", "off")
              .set("timeout", "5s")
              .uncachedOn(program)
              .args(DOMAIN, STOPS)
              .run();
      assertEquals(List.of("found 20 of 20"), ended.stdout(), ended::toString);
    }
  }

  /** A thread of the agent that is stopped holds no lock afterwards, and no query waits for it. */
  @EachJava(few = true, to = 17)
  void theThreadsOfConnectionsAreStopped(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program = ChildJvm.program(java, "StoppedConnections");
      ChildResult ended =
          dot.agent()
              .set("log.level", "off")
              .set("timeout", "5s")
              .uncachedOn(program)
              .args(DOMAIN, STOPPED_CONNECTIONS)
              .run();
      assertEquals(List.of("found 20 of 20"), ended.stdout(), ended::toString);
    }
  }
}
