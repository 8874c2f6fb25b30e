package io.github.dotagent.it.names;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs in a network of its own whose resolv.conf is a Kubernetes pod's. Prints where each name went
 * and what came of it, a line each, in the order of {@link NamePlacesIT}'s table.
 */
final class NamePlacesScenario {
  /** What the cluster's server knows, and a server outside that is asked in the clear. */
  private static final Zone CLUSTER =
      Zone.builder()
          .addresses("db.default.svc.cluster.local", 60, "10.1.2.3")
          .addresses("printer.local", 60, "10.1.2.4")
          .addresses("wiki.corp.test", 60, "10.1.2.5")
          .addresses("www.example.test", 60, "10.9.9.9")
          .build();

  private static final Zone OUTSIDE =
      Zone.builder()
          .addresses("www.example.test", 60, "192.0.2.1")
          .addresses("deep.a.b.c.d.example.test", 60, "192.0.2.2")
          .addresses("team.lab.test", 60, "192.0.2.3")
          .addresses("xn--bcher-kva.test", 60, "192.0.2.4")
          .build();

  /** A connection is made in far less; no statement about speed. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

  private final JavaHome java;
  private final Path folder;
  private final DotUpstream dot;
  private final PlaceWitnesses witnesses;

  private NamePlacesScenario(JavaHome java, Path folder, DotUpstream dot, Port53Witness clear) {
    this.java = java;
    this.folder = folder;
    this.dot = dot;
    this.witnesses = new PlaceWitnesses(dot, clear);
  }

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) throws IOException {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    Path folder = Path.of(args[2]);
    try (DotUpstream dot = DotUpstream.start(folder, OUTSIDE);
        Port53Witness clear = Port53Witness.answering(CLUSTER, "127.0.0.1", 53)) {
      new NamePlacesScenario(java, folder, dot, clear).run();
    }
  }

  private void run() throws IOException {
    System.out.println("== pod");
    places(dot.agent(), NamePlacesIT.POD);
    System.out.println("== search=off");
    places(dot.agent().set("search", "off"), List.of("db.default", "www.example.test"));
    System.out.println("== own lists");
    Agent own =
        dot.agent()
            .set("search", "corp.test,lab.test")
            .set("system.suffixes", "+corp.test")
            .set("system.singleLabel", "false");
    places(own, List.of("wiki", "team", "nobody"));
    opportunistic();
    if (java.major() > 8) {
      hostsFileOfTheJdk();
    }
  }

  private void places(Agent agent, List<String> names) {
    try (RunningChild program = start(agent)) {
      for (String name : names) {
        System.out.println(witnesses.of(program, name));
      }
      program.finish().quiet();
    }
  }

  private void opportunistic() {
    String name = "www.example.test";
    Agent agent = dot.agent().set("profile", "opportunistic");
    System.out.println("== strict");
    DotServerOptions again = dot.server.again();
    dot.server.close();
    places(dot.agent().set("log.level", "off"), List.of(name));
    System.out.println("== opportunistic");
    try (RunningChild program = start(agent)) {
      System.out.println(witnesses.of(program, name));
      System.out.println(witnesses.of(program, name));
      try (DotServer back = DotServer.start(again)) {
        String said = "";
        long giveUp = System.nanoTime() + BACK_WITHIN.toNanos();
        while (!said.equals("ok 192.0.2.1") && System.nanoTime() - giveUp < 0) {
          said = program.ask("byName " + name);
        }
        System.out.println("back: " + said + " " + !back.log().queries().isEmpty());
      }
      program.finish().stderr().stream()
          .filter(line -> line.contains("in the clear") || line.contains("names go over TLS"))
          .filter(line -> !line.endsWith(" meanwhile")) // how long and how many is left to chance
          .map(line -> line.replaceFirst("^.* (warn|error) ", ""))
          .forEach(System.out::println);
    }
    witnesses.forget(); // what was asked in the clear until the server was back
    System.out.println("== wrong pin");
    try (DotServer back = DotServer.start(again)) {
      Agent mistaken = agent.set("pins", SpkiPins.ofNobody()).set("log.level", "off");
      places(mistaken, List.of(name, name));
      System.out.println("asked " + back.log().queries());
    }
  }

  /** With the JDK's own switch only that file answers, and no server is asked. */
  private void hostsFileOfTheJdk() throws IOException {
    System.out.println("== jdk.net.hosts.file");
    Path file = Files.writeString(folder.resolve("own-hosts"), "192.0.2.99 only.example.test\n");
    ChildJvm program = program(dot.agent()).jvmArgs("-Djdk.net.hosts.file=" + file);
    try (RunningChild running = program.start()) {
      System.out.println(witnesses.of(running, "only.example.test"));
      System.out.println(witnesses.of(running, "www.example.test"));
      running.finish().quiet();
    }
  }

  private RunningChild start(Agent agent) {
    return program(agent).start();
  }

  private ChildJvm program(Agent agent) {
    return agent
        .uncachedOn(ChildJvm.program(java, "LookupProgram"))
        .jvmArgs("-Djava.net.preferIPv4Stack=true", "-Dfile.encoding=UTF-8")
        .args("-");
  }
}
