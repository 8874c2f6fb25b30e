package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.DotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/**
 * The servers are well, and this JVM is so slow that its first handshake takes seconds: that is no
 * reason to ask a second server, let alone all four.
 */
class SlowStartIT {
  private static final int SERVERS = 4;
  private static final String NAME = "www.example.test";

  /**
   * Without its compilers a JVM takes ten times as long for TLS; no processor is busy meanwhile.
   */
  private static final String SLOW = "-Xint";

  private static final String ANSWERED = " rcode 0, 2 answers from /127.0.0.1:53";

  private static final String TIMED_OUT = "Receive timed out";
  private static final int MOST_TRIES = 6; // together more than timeout.start

  @TempDir Path folder;

  @EachJava(one = true)
  void givenAtTheStart(JavaHome java) {
    try (Fleet fleet = new Fleet(folder);
        RunningChild program =
            fleet
                .agent()
                .on(ChildJvm.program(java, "OwnDns").jvmArgs(SLOW).args("127.0.0.1"))
                .start()) {
      asked(program, fleet);
    }
  }

  @EachJava(from = 17, to = 17)
  void attached(JavaHome java) throws IOException {
    try (Fleet fleet = new Fleet(folder);
        RunningChild program =
            ChildJvm.program(java, "OwnDns").jvmArgs(SLOW).args("127.0.0.1").start()) {
      assertEquals("open and closed", program.ask("open nothing"));
      StringBuilder settings = new StringBuilder();
      fleet.agent().settings().forEach((key, value) -> settings.append(key + "=" + value + "\n"));
      Path file = Files.writeString(folder.resolve("dot-agent.properties"), settings);
      Tool.ofTheBuild().does("attach", Long.toString(program.pid()), file.toString());
      asked(program, fleet);
    }
  }

  /** The first is a library's, which waits for no start; then one by InetAddress. */
  private static void asked(RunningChild program, Fleet fleet) {
    String said = program.ask("socket " + NAME);
    for (int i = 0; i < MOST_TRIES && said.endsWith(TIMED_OUT); i++) {
      said = program.ask("socket " + NAME); // on a busy machine TLS takes more than its 15 s
    }
    assertEquals("socket" + ANSWERED, said);
    assertEquals("name 192.0.2.9", program.ask("name one.many.example.test"));
    program.finish();
    List<Integer> asked = fleet.asked();
    assertTrue(asked.stream().filter(queries -> queries > 0).count() <= 1, asked.toString());
  }

  /** Servers of one name, and the agent that knows them. */
  private static final class Fleet implements AutoCloseable {
    private final DotUpstream first;
    private final List<DotServer> others = new ArrayList<>();

    Fleet(Path folder) {
      first = DotUpstream.start(folder, SampleZone.ZONE);
      for (int i = 1; i < SERVERS; i++) {
        others.add(DotServer.start(SampleZone.ZONE, first.certificate));
      }
    }

    Agent agent() {
      String upstreams =
          others.stream()
              .map(server -> server.upstream(DotUpstream.NAME))
              .collect(Collectors.joining(","));
      return first
          .agent()
          .set("upstreams", first.upstream() + "," + upstreams)
          .set("timeout", "5s"); // as is the default
    }

    List<Integer> asked() {
      List<Integer> asked = new ArrayList<>();
      asked.add(first.server.log().queries().size());
      others.forEach(server -> asked.add(server.log().queries().size()));
      return asked;
    }

    @Override
    public void close() {
      first.close();
      others.forEach(DotServer::close);
    }
  }
}
