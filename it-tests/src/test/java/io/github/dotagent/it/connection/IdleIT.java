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
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.server.RecordedConnection;
import io.github.dotagent.it.harness.server.RecordedQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The agent closes an unused connection before the server does. */
class IdleIT {
  private static final String DOMAIN = "many.example.test";

  /** When Cloudflare closes, and so the server here. */
  private static final Duration SERVERS_LIMIT = Duration.ofSeconds(10);

  private static final Duration MARGIN = Duration.ofSeconds(20); // for a busy machine

  @TempDir Path folder;

  @EachJava(few = true)
  void beforeAServerThatSaysNothing(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        DotServer server = start(dot, Optional.empty())) {
      server.faults().closeIdle(SERVERS_LIMIT);
      try (RunningChild child = start(java, dot, server)) {
        LoadReport.begin(child, DOMAIN);
        List<String> said = child.stderr();
        server.log().awaitClosed(closed(server) + 1, SERVERS_LIMIT.plus(MARGIN));
        Duration idle = sinceLastQuery(server);
        assertTrue(idle.compareTo(Duration.ofSeconds(8)) > 0, "kept for a while: " + idle);
        assertTrue(idle.compareTo(SERVERS_LIMIT) < 0, "the server was quicker: " + idle);
        assertNothingNew(said, child);
      }
    }
  }

  /** The option of RFC 7828; 0 means that the server wants to be rid of the connection. */
  @EachJava(few = true)
  void asTheServerAsks(JavaHome java) {
    for (int seconds : List.of(1, 0)) {
      try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
          DotServer server = start(dot, Optional.of(Duration.ofSeconds(seconds)));
          RunningChild child = start(java, dot, server)) {
        LoadReport.begin(child, DOMAIN);
        List<String> said = child.stderr();
        server.log().awaitClosed(1, MARGIN); // with 0 s it may be closed by now
        assertTrue(sinceLastQuery(server).compareTo(Duration.ofSeconds(8)) < 0, "not as if untold");
        assertEquals("none", LoadReport.closed(child, 4, 100, DOMAIN).firstFailure());
        assertNothingNew(said, child);
      }
    }
  }

  /** Not only this one: what a busy machine took too long to connect is given up. */
  private static int closed(DotServer server) {
    return (int) server.log().connections().stream().filter(RecordedConnection::closed).count();
  }

  private static Duration sinceLastQuery(DotServer server) {
    List<RecordedQuery> queries = server.log().queries();
    return Duration.ofNanos(System.nanoTime() - queries.get(queries.size() - 1).nanos());
  }

  private static void assertNothingNew(List<String> said, RunningChild child) {
    assertEquals("none", LoadReport.closed(child, 1, 1, DOMAIN).firstFailure());
    assertEquals(said, child.finish().stderr());
  }

  private static DotServer start(DotUpstream dot, Optional<Duration> keepalive) {
    return DotServer.start(
        DotServerOptions.of(SampleZone.ZONE, dot.certificate).keepalive(keepalive));
  }

  private static RunningChild start(JavaHome java, DotUpstream dot, DotServer server) {
    return dot.agent()
        .set("upstreams", server.upstream(DotUpstream.NAME))
        .uncachedOn(ChildJvm.program(java, "LoadProgram"))
        .start();
  }
}
