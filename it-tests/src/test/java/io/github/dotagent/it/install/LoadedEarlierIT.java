package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sockets of the JDK are loaded before the agent: already the program's first statement, which
 * asks a DNS server by itself, is covered.
 */
class LoadedEarlierIT {
  private static final String SERVER = "127.0.0.2"; // no server listens there

  private static final List<String> COVERED =
      List.of(
          "socket rcode 0, 2 answers from /" + SERVER + ":53",
          "tcp rcode 0, 2 answers from /" + SERVER + ":53");

  private static final String AGENT_THAT_OPENS_SOCKETS =
      """
      package early;

      public class Agent {
        public static void premain(String nothing) throws Exception {
          new java.net.DatagramSocket().close();
          new java.net.Socket().close();
        }
      }
      """;

  @TempDir Path folder;

  @EachJava
  void byAnotherAgent(JavaHome java) {
    Path classes = Sources.in(folder).file("early/Agent.java", AGENT_THAT_OPENS_SOCKETS).compile();
    Path jar =
        new JarFileOf()
            .manifest("Premain-Class", "early.Agent")
            .folder("", classes)
            .write(folder.resolve("early.jar"));
    assertCovered(program(java).jvmArgs("-javaagent:" + jar));
  }

  /** Made without the agent's patches, or patched classes would not be in it (JEP 514). */
  @EachJava(from = 25)
  void byACacheMadeAheadOfTime(JavaHome java) throws IOException {
    Path jar =
        new JarFileOf().folder("", ProgramClasses.java8()).write(folder.resolve("program.jar"));
    Path cache = folder.resolve("program.aot");
    Path loaded = folder.resolve("loaded.txt");
    ChildJvm program = program(java).classPath(jar);
    ChildResult trained =
        program
            .jvmArgs("-javaagent:" + Agent.jar(), "-Ddotagent.enabled=false")
            .writesAotCache(cache)
            .jvmArgs("-Xlog:aot=off")
            .args(SERVER, "open", "")
            .run();
    assertTrue(Files.exists(cache), trained.toString());

    assertCovered(
        program
            .jvmArgs("-XX:AOTMode=on", "-XX:AOTCache=" + cache)
            .jvmArgs("-Xlog:class+load:file=" + loaded));
    List<String> order = Files.readAllLines(loaded);
    int sockets = first(order, " java.net.DatagramSocket ");
    int agent = first(order, " io.github.dotagent.agent.AgentPremain ");
    assertTrue(0 <= sockets && sockets < agent, sockets + ", " + agent);
  }

  private static int first(List<String> lines, String text) {
    int i = 0;
    while (i < lines.size() && !lines.get(i).contains(text)) {
      i++;
    }
    return i < lines.size() ? i : -1;
  }

  private static ChildJvm program(JavaHome java) {
    return ChildJvm.program(java, "OwnDns").jvmArgs("-Djava.net.preferIPv4Stack=true");
  }

  private void assertCovered(ChildJvm program) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      List<String> said =
          dot.agent()
              .set("bypass", "block")
              .on(program)
              .args(SERVER, "socket", "www.example.test", "tcp", "www.example.test")
              .run()
              .stdout();
      assertEquals(COVERED, said);
    }
  }
}
