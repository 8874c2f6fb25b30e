package io.github.dotagent.it.zones;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs in a network namespace. Prints the route and the outcome of each name, a line each. */
final class ZonesScenario {
  private static final Zone SYSTEM =
      Zone.builder()
          .addresses("a.old.corp.test", 60, "10.9.0.1")
          .addresses("other.local", 60, "10.9.0.2")
          .addresses("nas.local", 60, "10.9.0.3")
          .addresses("db.corp.test", 60, "10.9.9.9")
          .build();

  private static final Zone REST =
      Zone.builder()
          .addresses("www.example.test", 60, "192.0.2.1")
          .addresses("www.public.corp.test", 60, "192.0.2.2")
          .addresses("cdn.example.test", 60, "192.0.2.7")
          .cname("trap.example.test", 60, "db.corp.test")
          .addresses("db.corp.test", 60, "203.0.113.66") // not to be believed
          .build();

  private static final Zone CORP =
      Zone.builder()
          .soa("corp.test", 60, 60)
          .addresses("corp.test", 60, "10.0.0.2")
          .addresses("db.corp.test", 60, "10.0.0.1")
          .addresses("short.corp.test", 60, "10.0.0.3")
          .addresses("p.printers.local", 60, "10.0.0.4")
          .ptr("10.0.0.1", 60, "db.corp.test")
          .addresses("six.corp.test", 60, "fd00:db8::1")
          .ptr("fd00:db8::1", 60, "six.corp.test")
          .cname("out.corp.test", 60, "cdn.example.test")
          .addresses("cdn.example.test", 60, "203.0.113.67") // not to be believed
          .cname("nas.corp.test", 60, "nas.local")
          .addresses("nas.local", 60, "203.0.113.68") // not to be believed
          .build();

  private static final Zone LAB = Zone.builder().addresses("x.lab.test", 60, "10.2.0.1").build();

  private final JavaHome java;
  private final Path folder;
  private final DotUpstream rest;
  private final DotUpstream corp;
  private final DotUpstream lab;
  private final Port53Witness clear;
  private int seen;

  private ZonesScenario(
      JavaHome java,
      Path folder,
      DotUpstream rest,
      DotUpstream corp,
      DotUpstream lab,
      Port53Witness clear) {
    this.java = java;
    this.folder = folder;
    this.rest = rest;
    this.corp = corp;
    this.lab = lab;
    this.clear = clear;
  }

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) throws IOException {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    Path folder = Path.of(args[2]);
    try (DotUpstream rest = DotUpstream.start(folder.resolve("rest"), REST);
        DotUpstream corp = DotUpstream.start(folder.resolve("corp"), CORP);
        DotUpstream lab = DotUpstream.start(folder.resolve("lab"), LAB);
        Port53Witness clear = Port53Witness.answering(SYSTEM, "127.0.0.1", 53)) {
      new ZonesScenario(java, folder, rest, corp, lab, clear).run();
    }
  }

  private void run() throws IOException {
    String authorities = "";
    for (DotUpstream each : List.of(rest, corp, lab)) {
      authorities += Files.readString(each.trust.pem());
    }
    Path trust = Files.writeString(folder.resolve("authorities.pem"), authorities);
    String ofCorp = corp.server.upstream();
    Agent agent =
        Agent.patient()
            .set("log.level", "off")
            .set("trustStore", trust.toString())
            .set("upstreams", rest.upstream())
            .set(
                "zones",
                "corp.test=%1$s#%2$s,printers.local=%1$s#%2$s,10.in-addr.arpa=%1$s#%2$s,8.b.d.0.0.0.d.f.ip6.arpa=%1$s#%2$s,lab.test=%3$s,public.corp.test=default,old.corp.test=system"
                    .formatted(ofCorp, DotUpstream.NAME, lab.upstream()));
    places("all are there", agent, ZonesIT.NAMES);
    ofIpv6(agent);
    DotServerOptions corpAgain = corp.server.again();
    corp.server.close();
    places("corp.test is away", agent, ZonesIT.NAMES);
    ofIpv6(agent);
    DotServerOptions restAgain = rest.server.again();
    rest.server.close();
    try (DotServer back = DotServer.start(corpAgain)) {
      places(
          "the rest is away",
          agent,
          back,
          List.of("www.example.test", "db.corp.test", "www.public.corp.test", "out.corp.test"));
    }
    otherKey(agent, corpAgain);
    try (DotServer restBack = DotServer.start(restAgain)) {
      opportunistic(agent.set("profile", "opportunistic"), restBack);
    }
  }

  /** The pins of one server say nothing of another of another name. */
  private void otherKey(Agent agent, DotServerOptions corpAgain) {
    System.out.println("== corp.test shows another key");
    try (DotServer back = DotServer.start(corpAgain.on("127.0.0.2").port(0))) {
      Agent pinned =
          agent
              .set(
                  "zones",
                  "corp.test=%s#%s,lab.test=%s"
                      .formatted(back.upstream(), DotUpstream.NAME, lab.server.upstream()))
              .set("auth", "pins")
              .set(
                  "pins",
                  "%s=%s,%s=%s"
                      .formatted(
                          DotUpstream.NAME,
                          SpkiPins.ofNobody(),
                          lab.server.address(),
                          lab.certificate.pin()));
      ask(without(pinned, "trustStore"), back, List.of("db.corp.test", "x.lab.test"));
    }
  }

  private static Agent without(Agent agent, String key) {
    Map<String, String> settings = new LinkedHashMap<>(agent.settings());
    settings.remove(key);
    return new Agent(settings);
  }

  private void opportunistic(Agent agent, DotServer restBack) {
    System.out.println("== opportunistic, corp.test is away");
    try (RunningChild program = start(agent)) {
      System.out.println(place(program, "db.corp.test", restBack, corp.server));
      System.out.println(place(program, "www.example.test", restBack, corp.server));
    }
  }

  private void places(String state, Agent agent, List<String> names) {
    places(state, agent, corp.server, names);
  }

  private void places(String state, Agent agent, DotServer ofCorp, List<String> names) {
    System.out.println("== " + state);
    ask(agent, ofCorp, names);
  }

  private void ask(Agent agent, DotServer ofCorp, List<String> names) {
    try (RunningChild program = start(agent)) {
      for (String name : names) {
        System.out.println(place(program, name, rest.server, ofCorp));
      }
    }
  }

  /**
   * The JDK holds a reverse answer against the name's own addresses, which must be of IPv6 here.
   */
  private void ofIpv6(Agent agent) {
    try (RunningChild program = program(agent).args("-").start()) {
      for (String address : ZonesIT.ADDRESSES_OF_IPV6) {
        System.out.println(place(program, address, rest.server, corp.server));
      }
    }
  }

  private RunningChild start(Agent agent) {
    return program(agent).jvmArgs("-Djava.net.preferIPv4Stack=true").args("-").start();
  }

  private ChildJvm program(Agent agent) {
    return agent.uncachedOn(ChildJvm.program(java, "LookupProgram"));
  }

  /** A leading slash: the name of the address. */
  private String place(RunningChild program, String name, DotServer ofRest, DotServer ofCorp) {
    for (DotServer server : List.of(ofRest, ofCorp, lab.server)) {
      server.log().forgetQueries();
    }
    seen = clear.sightings().size();
    boolean reverse = name.startsWith("/");
    String said = program.ask(reverse ? "reverse " + name.substring(1) : "byName " + name);
    List<String> inClear =
        clear.sightings().stream()
            .skip(seen)
            .map(Sighting::question)
            .map(question -> question.replaceFirst(" .*", ""))
            .distinct()
            .toList();
    String result = said.startsWith("ok ") ? said.substring("ok ".length()) : "-";
    return name
        + ": "
        + result.replaceFirst("^canonical=(\\S+) .*", "$1")
        + "; clear "
        + inClear
        + "; rest "
        + names(ofRest)
        + "; corp "
        + names(ofCorp)
        + "; lab "
        + names(lab.server);
  }

  private static List<String> names(DotServer server) {
    return server.log().queries().stream().map(query -> query.name()).distinct().toList();
  }
}
