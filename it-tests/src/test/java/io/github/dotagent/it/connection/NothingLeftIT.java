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
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A hundred thousand queries, some of which are lost with their connection, leave nothing behind.
 */
@Isolated("makes load")
class NothingLeftIT {
  private static final String DOMAIN = "many.example.test";
  private static final int LOOKUPS = 10_000; // A and AAAA of each
  private static final int ROUNDS = 5;
  private static final int THREADS = 32;

  /** The classes of a query in flight. */
  private static final List<String> ON_THE_WAY =
      List.of(
          "io.github.dotagent.dot.PendingQuery",
          "io.github.dotagent.dot.QueryInProgress",
          "io.github.dotagent.upstream.LookupInProgress");

  /** One of each may be held by a thread's stack, or by the constant that wakes a writer up. */
  private static final int FEW = 8;

  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @EachJava(few = true)
  void after100_000Queries(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child =
            dot.agent()
                .set("cache.maxEntries", "1000") // full after the first round
                .uncachedOn(ChildJvm.program(java, "LoadProgram").asUsersStartIt())
                .start()) {
      LoadReport.begin(child, DOMAIN);
      round(child, dot);
      String threads = child.ask("threads dot-agent");
      long heap = Long.parseLong(child.ask("heap"));
      for (int i = 1; i < ROUNDS; i++) {
        round(child, dot);
        dot.server.dropConnections();
      }
      round(child, dot);
      assertEquals(threads, child.ask("threads dot-agent"), "one connection has two, and no more");
      for (String type : ON_THE_WAY) {
        long left = Long.parseLong(child.ask("instances " + type));
        assertTrue(left < FEW, left + " of " + type);
      }
      long grown = Long.parseLong(child.ask("heap")) - heap;
      assertTrue(grown < MIB, "the heap grew by " + grown + " octets");
    }
  }

  private static void round(RunningChild child, DotUpstream dot) {
    LoadReport report = LoadReport.closed(child, THREADS, LOOKUPS, DOMAIN);
    assertEquals("none", report.firstFailure());
    dot.server.log().forgetQueries();
  }
}
