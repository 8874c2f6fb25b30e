package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.install.JlinkImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** Parts of the JDK that a program does not use are never started or loaded. */
class AsleepIT {
  /** In which the agent looks twice. */
  private static final String IDLE = "idle 4000";

  /** Except what a JVM of Java 8 loads by itself. */
  private static final Pattern WOKEN =
      Pattern.compile(
          ".*(\\] |\\[Loaded )(javax\\.management\\.|java\\.lang\\.management\\."
              + "|jdk\\.jfr\\.(?!internal\\.EventWriter )"
              + "|java\\.util\\.logging\\.|io\\.github\\.dotagent\\.agent\\.watch\\.j).*");

  @TempDir Path folder;

  @EachJava(few = true)
  void nothingOfJmxAndJfrIsLoaded(JavaHome java) {
    String classes = java.major() == 8 ? "-verbose:class" : "-Xlog:class+load";
    List<String> said = ran(java, classes).stdout();
    assertTrue(
        said.stream().anyMatch(line -> line.contains("agent.monitoring.IntegrationPoller")),
        "it looked");
    assertEquals(List.of(), said.stream().filter(line -> WOKEN.matcher(line).matches()).toList());
  }

  @EachJava(from = 11, few = true)
  void anImageWithoutThemWorks(JavaHome java) throws Exception {
    Path none = Files.createDirectory(folder.resolve("modules"));
    Path image = JlinkImage.of(java, none, folder, "java.base", "java.instrument");
    ran(new JavaHome(image, java.major()));
  }

  private ChildResult ran(JavaHome java, String... jvmArgs) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent()
                .on(ChildJvm.program(java, "ManagedLookups"))
                .classPath(ProgramClasses.java8())
                .jvmArgs(jvmArgs)
                .start()) {
      program.send("byName one.many.example.test");
      program.awaitLine("ok 192.0.2.9");
      program.send(IDLE);
      program.awaitLine("ok rested");
      return program.finish().quiet();
    }
  }
}
