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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that looks names up at the end of its stack, and goes on after the error. */
@Timeout(180)
class StackEndIT {
  private static final String DOMAIN = ".many.example.test";
  private static final String ROUNDS = Integer.toString(Breadth.times(4, 8));

  @TempDir Path folder;

  /** The program's own failures at the end of the stack are the JDK's. */
  private static final List<String> ALL_IS_WELL = List.of("overflowed true", "found 20 of 20");

  @EachJava
  void everyLookupAfterwardsIsAnswered(JavaHome java) {
    assertEquals(ALL_IS_WELL, run(java, List.of(), DOMAIN, ROUNDS).stdout());
  }

  @EachJava(few = true)
  void interpreted(JavaHome java) {
    ChildResult ended = run(java, List.of("-Xint"), DOMAIN, "4");
    assertEquals(ALL_IS_WELL, ended.stdout(), ended::toString);
  }

  @EachJava(from = 21)
  void inVirtualThreads(JavaHome java) {
    ChildResult ended = run(java, List.of(), DOMAIN, "4", "virtual");
    assertEquals(ALL_IS_WELL, ended.stdout(), ended::toString);
  }

  private ChildResult run(JavaHome java, List<String> jvmArgs, String... args) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program = ChildJvm.program(java, "StackEnd");
      return dot.agent()
          .set("log.level", "off") // this machine's own pauses are not what is looked at
          .uncachedOn(program.jvmArgs(jvmArgs.toArray(String[]::new)))
          .args(args)
          .run();
    }
  }
}
