package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildLimits;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tenth of a processor: TLS takes longer to be ready than a lookup may wait for servers. */
@Timeout(240)
class StarvedStartIT {
  private static final String NAME = "first.many.example.test";

  @TempDir Path folder;

  @EachJava(few = true)
  void theFirstLookupWaitsForThisMachine(JavaHome java) throws IOException {
    String why = ChildLimits.whyUnavailable();
    assumeTrue(why.isEmpty(), why);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program = ChildJvm.program(java, "UnusualCallers").args("threadLocal", NAME);
      List<String> command = dot.agent().on(program).command();
      try (ChildLimits quota = ChildLimits.ofProcessors(0.1);
          RunningChild child = RunningChild.of(quota.wrap(command), Duration.ofMinutes(2))) {
        ChildResult ended = child.await();
        assertEquals(List.of("ok 192.0.2.9"), ended.stdout(), ended::toString);
        ended.quiet();
      }
    }
  }
}
