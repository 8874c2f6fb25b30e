package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attaches to a running program, shows the status, flushes the caches. */
class RunningJvmIT {
  private static final String NAME = "www.example.test";
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final String HOME = "\u001b[H"; // ECMA-48
  private static final String OTHER = "one.many.example.test";

  @TempDir static Path jdk8;
  @TempDir Path folder;

  @EachJava
  void attachStatusAndFlushWork(JavaHome java) {
    theThree(new Tool(java), java, Breadth.isWhole(java));
  }

  /** An old command and a new JVM speak the Attach API's protocol in other ways. */
  @EachJava(from = 27)
  void aJava8CommandWorksWithJava27(JavaHome newest) {
    theThree(new Tool(found(8)), newest, false);
  }

  /** Of a JDK, which brings classes for it; the others may be a JRE's, which has their library. */
  @EachJava(to = 8)
  void aJava8JdkWorksWithJava8(JavaHome java) {
    theThree(new Tool(Jdk8.of(java, jdk8)), java, false);
  }

  @EachJava(from = 27)
  void aJava8JdkWorksWithJava27(JavaHome newest) {
    theThree(new Tool(Jdk8.of(found(8), jdk8)), newest, false);
  }

  @EachJava(to = 8)
  void aJava27CommandWorksWithJava8(JavaHome oldest) {
    theThree(new Tool(found(27)), oldest, false);
  }

  private static JavaHome found(int major) {
    Assumptions.assumeTrue(InstalledJdks.find(major).isPresent(), InstalledJdks.missing(major));
    return InstalledJdks.find(major).get();
  }

  /**
   * @param whole with everything that they can be asked; else each of them once, which shows that
   *     command and JVM understand each other
   */
  private void theThree(Tool tool, JavaHome java, boolean whole) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            RunningPrograms.program(java)
                // in case the command without a file were heard
                .jvmArgs("-Ddotagent.upstreams=" + dot.upstream())
                // for ever: who flushes empties the JVM's own cache too
                .jvmArgs("-Dsun.net.inetaddr.ttl=-1", "-Dsun.net.inetaddr.negative.ttl=-1")
                .start()) {
      String pid = Long.toString(program.pid());
      if (whole) {
        assertEquals(
            "there is no agent in "
                + pid
                + ": its lookups are not protected; install it with java"
                + " -jar dot-agent.jar attach "
                + pid,
            tool.refuses(1, "status", pid));
      }
      String file = attach(tool, program, dot, java);
      if (whole) {
        attachAgain(tool, pid, file);
      }
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      assertEquals("ok 192.0.2.9", program.ask("byName " + OTHER));
      assertTrue(program.ask("byName broken.example.test").contains("SERVFAIL"));
      assertEquals(6, dot.questions().size(), dot.questions().toString());

      assertShown(tool.does("status", pid), pid, dot);
      if (whole) {
        explained(tool, pid);
        flushOne(tool, program, dot);
      }
      flushAll(tool, program, dot);
      if (whole) {
        List<String> json = tool.does("status", "--json", pid);
        assertEquals("{", json.get(0));
        assertTrue(json.contains("    \"misses\": 12,"), json.toString());
        assertEquals("}", json.get(json.size() - 1));
      }
      program.finish().quiet();
    }
  }

  /** The file that it was given. */
  private String attach(Tool tool, RunningChild program, DotUpstream dot, JavaHome java) {
    String pid = Long.toString(program.pid());
    String file = RunningPrograms.file(folder, dot.agent().set("pins", dot.certificate.pin()));
    String hook = java.major() < 18 ? "InetAddress patched" : "InetAddressResolverProvider";
    assertEquals(
        List.of(
            "dot-agent is installed in "
                + pid
                + ": hook "
                + hook
                + "; upstreams "
                + dot.upstream()
                + "; pins 1, enforce; profile strict"
                + " (no name leaves in the clear while no upstream can be reached)"),
        tool.does("attach", pid, file));
    return file;
  }

  private static void attachAgain(Tool tool, String pid, String file) {
    assertEquals(
        "dot-agent is in "
            + pid
            + " already; nothing was done, and "
            + file
            + " was not read there",
        tool.refuses(1, "attach", pid, file));
    assertEquals(
        List.of("dot-agent is in " + pid + " already; nothing was done"), tool.does("attach", pid));
  }

  private static void assertShown(List<String> status, String pid, DotUpstream dot) {
    String all = String.join("\n", status);
    String version = System.getProperty("it.version");
    assertTrue(status.get(0).startsWith("dot-agent " + version + " in " + pid + ": Java "), all);
    assertTrue(
        status.contains("in force   profile strict; JVM cache for ever, negative for ever"), all);
    assertTrue(
        status.stream()
            .anyMatch(line -> line.matches("lookups    \\d+; failed 1: server failure 1")),
        all);
    assertTrue(status.contains("cache      2 of 100,000 names; from memory 0.0 %"), all);
    assertTrue(
        status.contains("           hits 0, misses 6, stale 0, coalesced 0, prefetches 0"), all);
    assertTrue(
        status.stream()
            .anyMatch(
                line ->
                    line.matches(
                        dot.upstream() + " +in use +1 +0 +[\\d.]+ ms +6 +0 +1\\.[23] +ok")),
        all);
    assertTrue(
        status.stream().anyMatch(line -> line.matches("  \\d+ s ago: broken.example.test: .*")),
        all);
  }

  private static void explained(Tool tool, String pid) {
    List<String> said = tool.does("explain", NAME, pid);
    assertEquals(NAME + ": the upstreams, over TLS", said.get(0), said.toString());
    assertTrue(said.get(1).matches("  A kept for another \\d+ s: .* from 127.0.0.1"), "" + said);
    assertEquals(
        List.of("shop: the system resolver, because it has one label (system.singleLabel)"),
        tool.does("explain", "shop", pid));
    String settings = String.join("\n", tool.does("status", "-v", pid));
    assertTrue(settings.contains("\n  cache.stale=1d (default)\n"), settings);
    assertTrue(settings.contains("\n  auth=name (default)\n"), settings);
  }

  private static void flushOne(Tool tool, RunningChild program, DotUpstream dot) {
    String pid = Long.toString(program.pid());
    dot.server.log().forgetQueries();
    assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
    assertEquals(Set.of(), dot.questions());

    assertEquals(
        List.of("WWW.example.test. is forgotten in " + pid),
        tool.does("flush", pid, "WWW.example.test."));
    assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
    assertEquals("ok 192.0.2.9", program.ask("byName " + OTHER));
    assertEquals(Set.of(NAME + " A", NAME + " AAAA"), dot.questions(), "the one name alone");
  }

  private static void flushAll(Tool tool, RunningChild program, DotUpstream dot) {
    String pid = Long.toString(program.pid());
    dot.server.log().forgetQueries();
    assertEquals(List.of("all names are forgotten in " + pid), tool.does("flush", pid));
    assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
    assertEquals("ok 192.0.2.9", program.ask("byName " + OTHER));
    assertEquals(4, dot.questions().size(), dot.questions().toString());
  }

  /** It is kept under the name that an address has in DNS: RFC 1035 §3.5, RFC 3596 §2.5. */
  @Test
  void theNameOfAnAddressIsForgotten() {
    Tool tool = Tool.ofTheBuild();
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent().on(RunningPrograms.program(JavaHome.current())).start()) {
      String pid = Long.toString(program.pid());
      for (String address : List.of("192.0.2.1", "2001:db8::1")) {
        String named = "ok canonical=" + NAME + " host=" + NAME;
        assertEquals(named, program.ask("reverse " + address));
        dot.server.log().forgetQueries();
        assertEquals(named, program.ask("reverse " + address));
        assertEquals(0, reverseQuestions(dot));
        assertEquals(
            List.of(address + " is forgotten in " + pid), tool.does("flush", pid, address));
        assertEquals(named, program.ask("reverse " + address));
        assertEquals(1, reverseQuestions(dot));
      }
      program.finish().quiet();
    }
  }

  private static long reverseQuestions(DotUpstream dot) {
    return dot.questions().stream().filter(question -> question.endsWith(" PTR")).count();
  }

  /** The program may do little; what attaches to it is not the program. */
  @EachJava(few = true, to = 17)
  void underASecurityManager(JavaHome java) {
    Tool tool = new Tool(java);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            RunningPrograms.program(java).jvmArgs("-Djava.security.manager").start()) {
      String pid = Long.toString(program.pid());
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String file = RunningPrograms.file(folder, dot.agent());
      String said = tool.does("attach", pid, file).get(0);
      assertTrue(said.startsWith("dot-agent is installed in " + pid + ": "), said);
      assertTrue(tool.does("status", pid).contains("last errors and warnings: none"));
      assertEquals(List.of("all names are forgotten in " + pid), tool.does("flush", pid));
      assertEquals(
          List.of(
              "dot-agent is removed from "
                  + pid
                  + ": its lookups go as before the agent, and are not protected"),
          tool.does("detach", pid));
      assertTrue(tool.does("attach", pid, file).get(0).startsWith("dot-agent is installed in "));
    }
  }

  /** Repeats the status, shows rates, and ends with the program. */
  @EachJava(few = true)
  void watched(JavaHome java) {
    Tool tool = new Tool(java);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = dot.agent().uncachedOn(RunningPrograms.program(java)).start();
        RunningChild watch =
            tool.command("status", "--watch=1", Long.toString(program.pid())).start()) {
      watch.awaitLine("last errors and warnings: none");
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      String line = watch.readLine();
      while (!line.matches("lookups +\\d+ \\(.*") || line.contains("(0.0/s)")) {
        line = watch.readLine(); // the look may have been under way before the lookup
      }
      program.finish().quiet();
      ChildResult end = watch.await();
      assertEquals(0, end.exitCode(), end.toString());
      assertEquals(
          List.of("dot-agent: " + program.pid() + " has ended"), end.stderr(), end.toString());
      assertTrue(
          end.stdout().stream().noneMatch(said -> said.indexOf('\u001b') >= 0), "no terminal");
    }
  }

  /** The table stays in its place where there is no room for it, and shows all once there is. */
  @Test
  void watchedOnATerminal() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1)");
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent().uncachedOn(RunningPrograms.program(JavaHome.current())).start()) {
      String watch =
          JavaHome.current().java() + " -jar " + Agent.jar() + " status --watch=1 " + program.pid();
      String command = "tty; stty rows 8 columns 80; exec " + watch;
      try (RunningChild terminal =
          RunningChild.of(List.of("script", "-qec", command, "/dev/null"), WITHIN)) {
        String tty = terminal.readLine().strip();
        String line = terminal.readLine();
        int rows = 1; // the cursor's own
        while (!line.contains(" lines do not fit)")) {
          rows = line.contains(HOME) ? 1 : rows + 1;
          line = terminal.readLine();
        }
        assertEquals(7, rows + 1, "a row for the cursor");
        new ProcessBuilder("stty", "-F", tty, "rows", "60").start().waitFor();
        terminal.awaitLine("last errors and warnings: none");
      }
      program.finish().quiet();
    }
  }

  /** As {@code | head -1} leaves it: no reader sees what else it would say. */
  @Test
  void watchEndsWhenItsReaderEnds() {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent().uncachedOn(RunningPrograms.program(JavaHome.current())).start()) {
      String watch =
          JavaHome.current().java() + " -jar " + Agent.jar() + " status --watch=1 " + program.pid();
      String command = "(" + watch + "; echo ended with $? >&2) | head -n 1";
      try (RunningChild shell = RunningChild.of(List.of("sh", "-c", command), WITHIN)) {
        shell.awaitLine("ended with 1");
        assertEquals(2, shell.await().stdout().size(), "nothing is said of it");
      }
      program.finish().quiet();
    }
  }
}
