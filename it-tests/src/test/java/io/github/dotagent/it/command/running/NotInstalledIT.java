package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent does not want to: its own reason comes back to whoever attached it. */
@Timeout(120)
class NotInstalledIT {
  private final Tool tool = Tool.ofTheBuild();

  @TempDir Path folder;

  @EachJava(few = true)
  void refusedAndThenPutRight(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = RunningPrograms.program(java).start()) {
      String pid = Long.toString(program.pid());
      Path none = Files.writeString(folder.resolve("none.pem"), "nothing");
      String wrong = RunningPrograms.file(folder, dot.agent().set("trustStore", none.toString()));
      String said = tool.refuses(1, "attach", pid, wrong);
      assertTrue(said.matches("not installed in " + pid + ": .*" + none + ".*"), said);
      assertEquals(said, tool.refuses(1, "attach", pid, wrong), "the same once more");
      String right = RunningPrograms.file(folder, dot.agent());
      List<String> installed = tool.does("attach", pid, right);
      assertTrue(
          installed.get(0).startsWith("dot-agent is installed in " + pid + ": "), "" + installed);
      assertEquals("ok 192.0.2.1", program.ask("byName www.example.test"));
      ChildResult result = program.finish();
      assertEquals(0, result.exitCode(), result.toString());
      assertTrue(result.stderr().stream().anyMatch(line -> line.contains(none.toString())));
    }
  }

  /** That JVM's own settings go before those of the file. */
  @Test
  void switchedOffThere() {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            RunningPrograms.program(JavaHome.current())
                .jvmArgs("-Ddotagent.enabled=false")
                .start()) {
      String pid = Long.toString(program.pid());
      assertEquals(
          "nothing is done in " + pid + ": enabled=false is among its settings",
          tool.refuses(1, "attach", pid, RunningPrograms.file(folder, dot.agent())));
      assertTrue(tool.refuses(1, "flush", pid).startsWith("there is no agent in " + pid));
      program.finish().quiet();
    }
  }

  /** Switched off at the start is no reason against being attached later. */
  @Test
  void switchedOnLater() {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            RunningPrograms.program(JavaHome.current())
                .jvmArgs(
                    "-javaagent:"
                        + Agent.jar()
                        + "="
                        + RunningPrograms.file(folder, Agent.bare().set("enabled", "false")))
                .start()) {
      String pid = Long.toString(program.pid());
      List<String> said = tool.does("attach", pid, RunningPrograms.file(folder, dot.agent()));
      assertTrue(said.get(0).startsWith("dot-agent is installed in " + pid), said.toString());
      assertEquals("ok 192.0.2.1", program.ask("byName www.example.test"));
    }
  }

  @Test
  void oneThatDoesNotShowItself() {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent()
                .set("jmx", "false")
                .on(RunningPrograms.program(JavaHome.current()))
                .start()) {
      String pid = Long.toString(program.pid());
      assertEquals(
          "the agent in "
              + pid
              + " does not show itself: jmx=false is among its settings, or it is of another"
              + " version",
          tool.refuses(1, "status", pid));
    }
  }
}
