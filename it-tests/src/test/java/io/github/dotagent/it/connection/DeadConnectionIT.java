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
import io.github.dotagent.it.harness.network.Relay;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network between the agent and its only server fails in ways that no packet tells of: lookups
 * move on to a fresh connection, or end; and all is well as soon as the network is.
 */
class DeadConnectionIT {
  private static final String DOMAIN = "many.example.test";

  /** Longer than an answer that is overdue is waited for. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration MARGIN = Duration.ofSeconds(3); // for a busy machine

  @TempDir Path folder;

  @EachJava(few = true)
  void lookupsMoveOn(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        Relay relay = Relay.to(dot.server.port());
        RunningChild child = start(java, dot, relay)) {
      LoadReport.begin(child, DOMAIN);
      int before = relay.connections();

      // a NAT forgot the connection, a suspended machine woke up elsewhere
      relay.forget();
      LoadReport first = LoadReport.closed(child, 16, 64, DOMAIN);
      assertEquals("none", first.firstFailure());
      assertTrue(first.max().compareTo(Duration.ofSeconds(1)) > 0, "it was waited for: " + first);
      assertEquals(before + 1, relay.connections());

      relay.reset();
      assertEquals("none", LoadReport.closed(child, 16, 64, DOMAIN).firstFailure());
      assertEquals(before + 2, relay.connections());

      fails(child, relay, relay::goDeaf, "connect timed out");
      assertBack(child, relay, A_SECOND);
      fails(child, relay, relay::refuse, "connection refused");
      assertBack(child, relay, A_SECOND);
      // to a server that took the connection and hangs in the handshake the queries stay bound
      fails(child, relay, relay::swallow, "no TLS session");
      assertBack(child, relay, TIMEOUT);
    }
  }

  private static void fails(RunningChild child, Relay relay, Runnable failure, String reason) {
    failure.run();
    relay.reset(); // no old connection is waited for
    LoadReport away = LoadReport.closed(child, 4, 4, DOMAIN);
    assertEquals(4, away.failed());
    assertTrue(away.firstFailure().contains("dns.example " + reason), away.firstFailure());
  }

  private static void assertBack(RunningChild child, Relay relay, Duration within) {
    relay.recover();
    LoadReport back = LoadReport.closed(child, 4, 4, DOMAIN);
    assertEquals("none", back.firstFailure());
    assertTrue(back.max().compareTo(within.plus(MARGIN)) < 0, "back at once: " + back);
  }

  private static RunningChild start(JavaHome java, DotUpstream dot, Relay relay) {
    return dot.agent()
        .set("upstreams", relay.upstream(DotUpstream.NAME))
        .set("timeout", TIMEOUT.toSeconds() + "s")
        .uncachedOn(ChildJvm.program(java, "LoadProgram"))
        .start();
  }
}
