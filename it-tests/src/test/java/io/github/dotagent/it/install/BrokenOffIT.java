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

  private static final List<String> OF_THE_JDK = List.of("hangs in the JDK's table");

  /** Once is rare; three times in a row would have another cause. */
  private static final int TRIES = 3;

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

  /**
   * Thread.stop, up to Java 19. A thread that is stopped within the JDK's own table of lookups may
   * leave that locked, with the agent and without: then the stops are tried once more. A hang with
   * a frame of the agent's, or anywhere else, is told with its stack.
   */
  @EachJava(few = true, to = 17)
  void callersAreStopped(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult ended = stopCallers(java, dot);
      for (int more = 1; more < TRIES && ended.stdout().equals(OF_THE_JDK); more++) {
        ended = stopCallers(java, dot);
      }
      assertEquals(List.of("found 20 of 20"), ended.stdout(), ended::toString);
    }
  }

  private static ChildResult stopCallers(JavaHome java, DotUpstream dot) {
    ChildJvm program = ChildJvm.program(java, "StoppedCallers");
    return dot.agent()
        .set("log.level", "off")
        .set("timeout", "5s")
        .uncachedOn(program)
        .args(DOMAIN, STOPS)
        .run();
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
