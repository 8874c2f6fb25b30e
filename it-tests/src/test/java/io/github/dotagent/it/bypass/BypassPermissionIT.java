package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under a SecurityManager a program that asks a DNS server by itself needs the permission for that
 * server, as without the agent: not less, and none for what stands in for it.
 */
class BypassPermissionIT {
  /** The last that lets a SecurityManager in without being asked. */
  private static final int LAST = 17;

  private static final String ALLOWED = "127.0.0.2"; // no process listens on either address
  private static final String OTHER = "127.0.0.3";

  private static final String ANSWERED = " rcode 0, 2 answers from /127.0.0.2:53";

  private static final List<String> WAYS =
      List.of(
          "socket",
          "connected",
          "channel",
          "connectedChannel",
          "adaptor",
          "tcp",
          "tcpChannel",
          "tcpAsynchronous");

  @TempDir Path folder;

  @EachJava(to = LAST)
  void theProgramNeedsThePermissionForItsServer(JavaHome java) throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("program.policy"),
            "grant { permission java.net.SocketPermission \""
                + ALLOWED
                + ":53\", \"connect,accept\"; };");
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      assertEquals(
          WAYS.stream()
              .map(way -> way + ANSWERED + (way.equals("connected") ? " of /127.0.0.2:53" : ""))
              .toList(),
          said(dot, java, policy, ALLOWED));
      assertEquals(
          WAYS.stream()
              .map(
                  way ->
                      way
                          + " java.security.AccessControlException: access denied"
                          + " (\"java.net.SocketPermission\" \"127.0.0.3:53\" \"connect,resolve\")")
              .toList(),
          said(dot, java, policy, OTHER));
    }
  }

  private static List<String> said(DotUpstream dot, JavaHome java, Path policy, String server) {
    String asked = server + " " + String.join(" www.example.test ", WAYS) + " www.example.test";
    return dot.agent()
        .on(ChildJvm.program(java, "OwnDns"))
        .jvmArgs(
            "-Djava.net.preferIPv4Stack=true",
            "-Djava.security.manager",
            "-Djava.security.policy=" + policy)
        .args(asked.split(" "))
        .run()
        .stdout();
  }
}
