package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.load.RandomFaults;
import io.github.dotagent.it.harness.load.RandomFaults.Victim;
import io.github.dotagent.it.harness.network.Relay;
import io.github.dotagent.it.harness.server.DotServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Three of four servers fail, each in its own way and time, and no lookup does. */
@Isolated("makes load")
class FourServersIT {
  private static final String DOMAIN = "many.example.test";
  private static final int RATE = 200; // new names a second
  private static final Duration MISFORTUNE = Duration.ofSeconds(10);

  /** The delay of a near server; the one that never fails is farther, and so asked last. */
  private static final List<Integer> ONE_WAY_MILLIS = List.of(5, 5, 5, 10);

  /** A fixed seed: the same course on every Java and every day. */
  private static final long SEED = 20;

  /** Enough lookups at once that one server is not enough for them. */
  private static final int CROWD = 64;

  private static final int SHARE = 100; // queries

  /** Longer than a server backs off that failed for so short a time. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(40);

  @TempDir Path folder;

  @EachJava(few = true)
  void noLookupFails(JavaHome java) {
    List<Victim> servers = new ArrayList<>();
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      for (int millis : ONE_WAY_MILLIS) {
        DotServer server = DotServer.start(SampleZone.ZONE, dot.certificate);
        servers.add(new Victim(server, Relay.to(server.port(), Duration.ofMillis(millis))));
      }
      String upstreams =
          servers.stream()
              .map(server -> server.relay().upstream(DotUpstream.NAME))
              .collect(Collectors.joining(","));
      ChildJvm program = ChildJvm.program(java, "LoadProgram").asUsersStartIt();
      try (RunningChild child =
          dot.agent()
              .set("upstreams", upstreams)
              .set("timeout", "5s") // as is the default
              .uncachedOn(program)
              .start()) {
        LoadReport.begin(child, DOMAIN);
        RandomFaults misfortune = RandomFaults.befalls(servers.subList(0, 3), SEED);
        LoadReport report = LoadReport.steady(child, RATE, MISFORTUNE, DOMAIN);
        misfortune.end();
        assertEquals(0, report.failed(), report + "\n" + child.stderr());
        assertEachIsAskedAgain(servers, child);
      }
    } finally {
      servers.forEach(server -> server.relay().close());
      servers.forEach(server -> server.server().close());
    }
  }

  /** One that is back is tried when its time has come, and gets its share of a crowd. */
  private static void assertEachIsAskedAgain(List<Victim> servers, RunningChild child) {
    servers.forEach(server -> server.server().log().forgetQueries());
    long begun = System.nanoTime();
    while (servers.stream().anyMatch(server -> server.server().log().queries().size() < SHARE)) {
      Duration passed = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(passed.compareTo(BACK_WITHIN) < 0, () -> "not asked again: " + asked(servers));
      LoadReport report = LoadReport.closed(child, CROWD, 20 * CROWD, DOMAIN);
      assertEquals(0, report.failed(), report.toString());
    }
  }

  private static List<Integer> asked(List<Victim> servers) {
    return servers.stream().map(server -> server.server().log().queries().size()).toList();
  }
}
