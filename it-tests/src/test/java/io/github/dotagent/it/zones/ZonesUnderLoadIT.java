package io.github.dotagent.it.zones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Each server of a zone is killed and comes back under load, while those of all names are away. */
@Isolated("makes load")
class ZonesUnderLoadIT {
  private static final String DOMAIN = "many.corp.test";
  private static final Zone CORP =
      Zone.builder().addresses("*." + DOMAIN, 300, "10.0.0.9", "2001:db8::9").build();

  @TempDir Path folder;

  @SuppressWarnings("try") // it is closed early, for it is killed
  @EachJava(few = true)
  void noLookupFailsWhileOneServerOfItsZoneIsThere(JavaHome java) {
    try (DotUpstream first = DotUpstream.start(folder, CORP);
        DotServer second = DotServer.start(DotServerOptions.of(CORP, first.certificate))) {
      Agent agent =
          first
              .agent()
              .set("upstreams", "127.0.0.1@1#" + DotUpstream.NAME)
              .set(
                  "zones",
                  "corp.test=%s,corp.test=%s"
                      .formatted(first.upstream(), second.upstream(DotUpstream.NAME)));
      try (RunningChild program = agent.uncachedOn(ChildJvm.program(java, "LoadProgram")).start()) {
        LoadReport.begin(program, DOMAIN);
        assertAllAnswered(program);
        DotServerOptions firstAgain = first.server.again();
        first.server.close();
        assertAllAnswered(program);
        try (DotServer back = DotServer.start(firstAgain)) {
          assertAllAnswered(program);
          second.close();
          assertAllAnswered(program);
          assertFalse(back.log().queries().isEmpty(), "it is asked again");
        }
      }
    }
  }

  private static void assertAllAnswered(RunningChild program) {
    assertEquals("none", LoadReport.closed(program, 32, 300, DOMAIN).firstFailure());
  }
}
