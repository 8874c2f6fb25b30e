package io.github.dotagent.it.bypass;

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
import io.github.dotagent.it.watch.Recordings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent is attached to a program that has used every kind of socket. The queries that it then
 * sends to port 53, where no process listens, are answered over TLS; {@code status} and a recording
 * show them.
 */
class BypassSeenIT {
  private static final String SERVER = "127.0.0.1";
  private static final String WWW = " www.example.test";
  private static final String ANSWERED = " rcode 0, 2 answers from /127.0.0.1:53";

  @TempDir Path folder;

  @EachJava(one = true)
  void statusAndRecordingShowBypassesAfterAnAttach(JavaHome java) throws Exception {
    Path recording = folder.resolve("recording.jfr");
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = ChildJvm.program(java, "OwnDns").args(SERVER).start()) {
      assertEquals("open and closed", program.ask("open nothing"));
      String pid = Long.toString(program.pid());
      Tool.ofTheBuild().does("attach", pid, settings(dot.agent()).toString());
      assertEquals("socket" + ANSWERED, program.ask("socket" + WWW));
      assertEquals("channel" + ANSWERED, program.ask("channel" + WWW));
      assertEquals("tcp" + ANSWERED, program.ask("tcp" + WWW));
      assertEquals("tcpChannel" + ANSWERED, program.ask("tcpChannel" + WWW));

      Recordings.start(program, recording);
      Recordings.awaitJoined(program);
      assertEquals("jndiTXT [\"no address\"]", program.ask("jndiTXT text.example.test"));
      String status = String.join(" ", Tool.ofTheBuild().does("status", pid));
      assertTrue(
          // who asks is looked for 20 times a second: the second may come too soon after the first
          status
              .replaceAll(" +", " ") // long lines are folded
              .replace(" io.github.dotagent.it.programs.OwnDnsOverTcp,", "")
              .contains(
                  "DNS past the agent 127.0.0.1@53 asked by io.github.dotagent.it.programs.OwnDns,"
                      + " com.sun.jndi.dns.DnsClient: 5 over TLS"),
          status);
      program.finish();
    }
    List<RecordedEvent> events =
        Recordings.events(recording).stream()
            .filter(event -> event.getEventType().getName().equals("dotagent.Bypass"))
            .toList();
    RecordedEvent bypass = events.get(0);
    assertEquals("com.sun.jndi.dns.DnsClient", bypass.getString("library"));
    assertEquals("127.0.0.1@53", bypass.getString("server"));
    assertEquals("over TLS", bypass.getString("fate"));
    assertTrue(
        bypass.getStackTrace().getFrames().stream()
            .anyMatch(frame -> frame.getMethod().getType().getName().endsWith(".OwnDns")),
        "who asked: " + bypass);
  }

  private Path settings(Agent agent) throws Exception {
    StringBuilder text = new StringBuilder("log.level=debug\n");
    agent.settings().forEach((key, value) -> text.append(key + "=" + value + "\n"));
    return Files.writeString(folder.resolve("dot-agent.properties"), text);
  }
}
