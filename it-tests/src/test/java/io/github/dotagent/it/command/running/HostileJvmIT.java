package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM that is asked lies, and does harm where it can: each command ends with one line. */
class HostileJvmIT {
  private static final String NO_OBJECTS = "it sent objects that no agent sends (";

  @TempDir Path folder;

  @EachJava(few = true)
  void aFalseAddressAndFalseMBeansAreRefused(JavaHome java) {
    Tool tool = new Tool(java);
    try (RunningChild program = hostile(java)) {
      String pid = Long.toString(program.pid());
      String why = pid + " cannot be reached through JMX: ";
      assertEquals("ready", program.ask("beans url"));
      assertRefused(why + NO_OBJECTS, tool.refuses(1, "status", pid));
      assertEquals("ready", program.ask("beans odd"));
      assertPlain(tool.does("status", pid));
      // for the rest of this JVM: the JDK does not publish its address again
      assertEquals("ready", program.ask("address url"));
      assertEquals(
          why + "the address of its MBeans is not one that a JDK makes",
          tool.refuses(1, "status", pid));
    }
  }

  @Test
  void answersThatNeverEnd() {
    Tool tool = Tool.ofTheBuild();
    try (RunningChild program = hostile(tool.java())) {
      String pid = Long.toString(program.pid());
      String why = pid + " cannot be reached through JMX: ";
      assertEquals("ready", program.ask("beans endless"));
      assertRefused(why + NO_OBJECTS, tool.refuses(1, "status", pid));
      assertEquals("ready", program.ask("beans own"));
      assertRefused(why + NO_OBJECTS, tool.refuses(1, "status", pid));
      assertEquals("ready", program.ask("beans long"));
      // the second on a machine that is too busy to read so much within a call's time
      assertOneOf(
          List.of(why + "it sends more than 32 MB", why + "it does not answer"),
          tool.refuses(1, "status", pid));
      assertEquals("ready", program.ask("beans hangs"));
      assertEquals(why + "it does not answer", tool.refuses(1, "status", pid));
      assertEquals("ready", program.ask("address endless"));
      assertEquals(
          why + "the address of its MBeans is not one that a JDK makes",
          tool.refuses(1, "flush", pid));
    }
  }

  @Test
  void itsTextIsEscapedForTheTerminal() {
    Tool tool = Tool.ofTheBuild();
    try (RunningChild program = hostile(tool.java())) {
      String pid = Long.toString(program.pid());
      assertEquals("ready", program.ask("beans odd"));
      assertPlain(tool.does("status", "-v", "--color=never", pid));
      assertPlain(tool.does("status", "--json", pid));
      assertPlain(tool.does("explain", "www.example.test", pid));
      String refused = tool.refuses(1, "flush", pid);
      assertTrue(refused.startsWith("the caches of " + pid + " were not emptied: "), refused);
      assertPlain(List.of(refused));
    }
  }

  /** It may have the property from the command line of another JVM, or set it by itself. */
  @EachJava(few = true)
  void anAgentMustProveThatItIsInPlace(JavaHome java) {
    Tool tool = new Tool(java);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            RunningPrograms.program(java)
                // in case the command without a file were heard
                .jvmArgs("-Ddotagent.upstreams=" + dot.upstream())
                .jvmArgs("-Dio.github.dotagent.attach=1 installed hook; pins 5, enforce")
                .start()) {
      String pid = Long.toString(program.pid());
      String file = RunningPrograms.file(folder, dot.agent());
      List<String> said = tool.does("attach", pid, file);
      assertTrue(said.get(0).startsWith("dot-agent is installed in " + pid + ": "), "" + said);
      assertEquals("ok 192.0.2.1", program.ask("byName www.example.test"));
      assertEquals(
          List.of("dot-agent is in " + pid + " already; nothing was done"),
          tool.does("attach", pid));
      program.finish().quiet();
    }
  }

  private static RunningChild hostile(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "HostileJvm");
    return (java.major() < 9
            ? program
            : program.jvmArgs("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED"))
        .start();
  }

  private static void assertRefused(String beginning, String said) {
    assertTrue(said.startsWith(beginning), said);
  }

  private static void assertOneOf(List<String> refusals, String said) {
    assertTrue(refusals.contains(said), said);
  }

  private static void assertPlain(List<String> lines) {
    assertTrue(!lines.isEmpty());
    for (String line : lines) {
      boolean plain =
          line.codePoints()
              .noneMatch(
                  c ->
                      c < ' '
                          || c >= 0x7f && c < 0xa0
                          || c == 0x202e
                          || c == 0x2028
                          || c > 0xe0000);
      assertTrue(plain, line);
    }
  }
}
