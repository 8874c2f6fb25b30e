package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A port that stands in for a server is on loopback, which every user of the machine reaches: it
 * serves this process, and what others do there costs this process nothing.
 */
class OtherUsersIT {
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final String ANSWERED = " rcode 0, 2 answers from /127.0.0.1:53";
  private static final int HEX = 16;

  /** As many as glibc's resolver makes, of two servers. */
  private static final int MOST_TRIES = 4;

  /** Asks over UDP, asks over TCP, and has more connections open than are served at a time. */
  private static final String SCRIPT =
      """
      query='\\x12\\x34\\x01\\0\\0\\x01\\0\\0\\0\\0\\0\\0\\x05alien\\x07example\\x04test\\0\\0\\x01\\0\\x01'
      exec 3<>/dev/udp/127.0.0.1/$1
      printf "$query" >&3
      exec 4<>/dev/tcp/127.0.0.1/$1
      printf "\\\\0\\\\x24$query" >&4 2>/dev/null
      echo "answered with $(cat <&4 2>/dev/null | wc -c) octets"
      for i in $(seq 260); do
        exec {connection}<>/dev/tcp/127.0.0.1/$1
      done
      echo connected
      read end
      """;

  @TempDir Path folder;

  @BeforeAll
  static void assumeRoot() {
    boolean possible =
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(Path.of("/usr/bin/setpriv"))
            && Files.isExecutable(Path.of("/bin/bash"));
    if (!possible) {
      String reason = "only root, with setpriv and bash, can be another user";
      System.out.println(OtherUsersIT.class.getSimpleName() + " skipped: " + reason);
      Assumptions.assumeTrue(false, reason);
    }
  }

  @EachJava(few = true)
  void otherProcessesAreNotServedAndBlockNoClient(JavaHome java) throws Exception {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent()
                .on(ChildJvm.program(java, "OwnDns"))
                .jvmArgs("-Djava.net.preferIPv4Stack=true")
                .args("127.0.0.1")
                .start()) {
      awaitFirst(program);
      String port = Integer.toString(standInOf(program.pid()));
      try (RunningChild otherUser = stranger(port, "setpriv --reuid=65534 --clear-groups");
          RunningChild otherProcess = stranger(port, "env")) {
        for (RunningChild stranger : List.of(otherUser, otherProcess)) {
          assertEquals("answered with 0 octets", stranger.readLine());
          assertEquals("connected", stranger.readLine());
        }
        assertEquals("tcp" + ANSWERED, program.ask("tcp www.example.test"));
        assertEquals("channel" + ANSWERED, program.ask("channel www.example.test"));
        assertEquals("jndiTXT [\"no address\"]", program.ask("jndiTXT text.example.test"));
      }
      List<String> said = program.finish().stderr();
      for (String who : List.of("user", "process")) {
        String line =
            "warn the port that stands in for 127.0.0.1@53 does not serve another "
                + who
                + " of this machine";
        assertTrue(said.stream().anyMatch(one -> one.contains(line)), said.toString());
      }
      assertFalse(dot.questions().contains("alien.example.test A"), dot.questions().toString());
    }
  }

  /** On a busy machine the first handshake outlives a library's query, which is sent again. */
  private static void awaitFirst(RunningChild program) {
    String said = program.ask("socket www.example.test");
    for (int i = 1; i < MOST_TRIES && said.contains("SocketTimeoutException"); i++) {
      said = program.ask("socket www.example.test");
    }
    assertEquals("socket" + ANSWERED, said);
  }

  private static RunningChild stranger(String port, String as) {
    List<String> command = new ArrayList<>(List.of(as.split(" ")));
    command.addAll(List.of("bash", "-c", SCRIPT, "stranger", port));
    return RunningChild.of(command, WITHIN);
  }

  /** The port of 127.0.0.1 that a process has bound for UDP, as Linux lists it (proc(5)). */
  private static int standInOf(long pid) throws IOException {
    Path proc = Path.of("/proc/" + pid);
    List<String> sockets = new ArrayList<>();
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      for (Path file : files.toList()) {
        try {
          sockets.add(Files.readSymbolicLink(file).toString());
        } catch (IOException closedMeanwhile) {
          // it is not the one: that stays open
        }
      }
    }
    for (String line : Files.readAllLines(proc.resolve("net/udp"))) {
      String[] words = line.trim().split(" +");
      if (words[1].matches("(0100007F|7F000001):.*")
          && sockets.contains("socket:[" + words[9] + "]")) {
        return Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), HEX);
      }
    }
    throw new AssertionError("has bound no port of 127.0.0.1");
  }
}
