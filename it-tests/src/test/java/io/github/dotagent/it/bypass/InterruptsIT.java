package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program interrupts every thread that it finds. Up to Java 10 the channel that an interrupted
 * thread reads is closed, and at one of them all libraries ask.
 */
class InterruptsIT {
  /** Enough that an interrupt hits each moment of a read. */
  private static final String QUERIES = "1000";

  /**
   * One thread interrupts without a rest: on a busy machine each query takes a tenth of a second.
   */
  private static final Duration WITHIN = Duration.ofMinutes(6);

  @TempDir Path folder;

  @EachJava(to = 8)
  void queriesOfInterruptedThreadsAreAnswered(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      List<String> said =
          dot.agent()
              .on(ChildJvm.program(java, "InterruptedThreads"))
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .args("127.0.0.2", "many.example.test", QUERIES)
              .within(WITHIN)
              .run()
              .stdout();
      assertEquals(List.of(QUERIES + " answered"), said);
    }
  }
}
