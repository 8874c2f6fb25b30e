package io.github.dotagent.it.connection;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;

/**
 * Runs in a network of its own, which has loopback and no way out. Prints the results of lookups
 * while that network was in order, was away, and was back.
 */
final class NetworkScenario {
  private static final String DOMAIN = "many.example.test";

  /** One second, plus time for a busy machine; a server that backs off would take longer. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(4);

  private static final Zone CLEAR =
      Zone.builder().addresses(DotUpstream.NAME, 60, "127.0.0.1").build();

  /** Documentation's (RFC 3849): no route leads to it from here. */
  private static final String NO_WAY = "2001:db8::1@853#" + DotUpstream.NAME;

  /** Once; more often if the others are late on a busy machine. */
  private static final int FEW = 5;

  private final JavaHome java;
  private final Path folder;

  private NetworkScenario(JavaHome java, Path folder) {
    this.java = java;
    this.folder = folder;
  }

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) throws Exception {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    new NetworkScenario(java, Path.of(args[2])).run();
  }

  private void run() throws IOException, InterruptedException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      byName(dot);
      away(dot);
      withoutIpv6(dot);
    }
  }

  /** The server's own name is asked for in the clear, once, and no other name is. */
  private void byName(DotUpstream dot) {
    try (Port53Witness witness = Port53Witness.answering(CLEAR, "127.0.0.1", 53);
        RunningChild child =
            start(dot.agent().set("upstreams", DotUpstream.NAME + "@" + dot.server.port()))) {
      LoadReport.begin(child, DOMAIN);
      dot.server.dropConnections();
      say("by name", LoadReport.closed(child, 4, 40, DOMAIN));
      TreeSet<String> seen = new TreeSet<>();
      witness.sightings().stream().map(Sighting::question).forEach(seen::add);
      System.out.println("in the clear " + seen);
    }
  }

  private void away(DotUpstream dot) throws IOException, InterruptedException {
    try (RunningChild child = start(dot.agent().set("timeout", "2s"))) {
      LoadReport.begin(child, DOMAIN);
      link("down");
      say("away", LoadReport.closed(child, 4, 4, DOMAIN));
      // long enough for a server to back off for longer than a second, were it the server's fault
      LoadReport.steady(child, 10, Duration.ofSeconds(4), DOMAIN);
      link("up");
      LoadReport back = LoadReport.closed(child, 4, 4, DOMAIN);
      say("back", back);
      boolean soon = back.max().compareTo(BACK_WITHIN) < 0;
      System.out.println(soon ? "soon" : "only after " + back.max());
    }
  }

  /** It is named first, and is refused; if the second server is late, the third is asked. */
  private void withoutIpv6(DotUpstream dot) {
    try (DotServer other = DotServer.start(SampleZone.ZONE, dot.certificate)) {
      String upstreams = NO_WAY + "," + dot.upstream() + "," + other.upstream(DotUpstream.NAME);
      Agent agent = dot.agent().set("upstreams", upstreams).set("log.level", "debug");
      try (RunningChild child = start(agent)) {
        LoadReport.begin(child, DOMAIN);
        say("without IPv6", LoadReport.steady(child, 50, Duration.ofSeconds(3), DOMAIN));
        long tries =
            child.stderr().stream().filter(line -> line.contains("no connection to 2001:")).count();
        System.out.println(tries <= FEW ? "left alone" : "tried " + tries + " times");
      }
    }
  }

  private RunningChild start(Agent agent) {
    return agent.uncachedOn(ChildJvm.program(java, "LoadProgram")).start();
  }

  private static void say(String when, LoadReport report) {
    System.out.println(when + ": " + report.failed() + " of " + report.lookups() + " failed");
  }

  private static void link(String state) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("ip", "link", "set", "lo", state).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("ip: " + said);
    }
  }
}
