package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent refuses to be installed: the user who attached it gets its reason. */
class NotInstalledIT {
  private final Tool tool = Tool.ofTheBuild();

  @TempDir Path folder;

  @EachJava(few = true)
  void attachSucceedsAfterTheFileIsCorrected(JavaHome java) throws IOException {
    Tool tool = new Tool(java);
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

  /** A program that works is not hooked into an outage, unless its user says so. */
  @EachJava(few = true)
  void attachIsRefusedWithoutAReachableServer(JavaHome java) {
    Tool tool = new Tool(java);
    try (RunningChild program = RunningPrograms.program(java).start()) {
      String pid = Long.toString(program.pid());
      String file =
          RunningPrograms.file(folder, Agent.bare().set("upstreams", "127.0.0.1@1#dns.example"));
      assertEquals(
          "nothing was done in "
              + pid
              + ", because no server can be reached and authenticated: 127.0.0.1@1#dns.example"
              + " connection refused; --force installs the agent anyway",
          tool.refuses(1, "attach", pid, file));
      assertTrue(tool.refuses(1, "flush", pid).startsWith("there is no agent in " + pid));
      String said = tool.does("attach", "--force", pid, file).get(0);
      assertTrue(said.startsWith("dot-agent is installed in " + pid + ": "), said);
      assertEquals(0, program.finish().exitCode());
    }
  }

  /** That JVM's own settings go before those of the file. */
  @Test
  void attachToAJvmWithEnabledFalse() {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            RunningPrograms.program(JavaHome.current())
                .jvmArgs("-Ddotagent.enabled=false")
                .start()) {
      String pid = Long.toString(program.pid());
      assertEquals(
          "nothing was done in " + pid + ": enabled=false is set",
          tool.refuses(1, "attach", pid, RunningPrograms.file(folder, dot.agent())));
      assertTrue(tool.refuses(1, "flush", pid).startsWith("there is no agent in " + pid));
      program.finish().quiet();
    }
  }

  /** Switched off at the start is no reason against being attached later. */
  @Test
  void anAgentDisabledAtTheStartCanBeAttached() {
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
  void anAgentWithoutMBeans() {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent()
                .set("jmx", "false")
                .on(RunningPrograms.program(JavaHome.current()))
                .start()) {
      String pid = Long.toString(program.pid());
      String file = RunningPrograms.file(folder, dot.agent());
      assertEquals(
          "dot-agent is in "
              + pid
              + " already; nothing was done, and "
              + file
              + " was not read there",
          tool.refuses(1, "attach", pid, file));
      assertEquals(
          List.of("dot-agent is in " + pid + " already; nothing was done"),
          tool.does("attach", pid));
      assertEquals(
          "the agent in "
              + pid
              + " shows no MBeans: jmx=false is set, or the program has removed them, or it is of"
              + " another version",
          tool.refuses(1, "status", pid));
    }
  }

  /** As a program does that clears its MBean server. */
  @Test
  void oneWhoseMBeansTheProgramHasRemoved() throws Exception {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = dot.agent().on(RunningPrograms.program(JavaHome.current())).start();
        RunningChild watch =
            tool.command("status", "--watch=1", Long.toString(program.pid())).start()) {
      String pid = Long.toString(program.pid());
      watch.awaitLine("last errors and warnings: none");
      unregister(program);
      ChildResult end = watch.await();
      assertEquals(1, end.exitCode(), end.toString());
      assertEquals(
          List.of(
              "dot-agent: the MBeans of the agent in "
                  + pid
                  + " are gone: the program, or a console, has removed them"),
          end.stderr());
    }
  }

  /** The URL belongs to the child process of this test. */
  @SuppressWarnings("BanJNDI")
  private static void unregister(RunningChild program) throws Exception {
    VirtualMachine jvm = VirtualMachine.attach(Long.toString(program.pid()));
    JMXServiceURL url = new JMXServiceURL(jvm.startLocalManagementAgent());
    jvm.detach();
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      ObjectName resolver = new ObjectName("io.github.dotagent:type=Resolver");
      connector.getMBeanServerConnection().unregisterMBean(resolver);
    }
  }
}
