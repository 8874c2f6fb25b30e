package io.github.dotagent.it.bypass;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import io.github.dotagent.it.harness.web.EchoOnLoopback;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneBuilder;
import io.github.dotagent.it.harness.zone.ZoneRecord;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * Runs in a network of its own, where port 53 is watched. A program asks it in every way that the
 * JDK has. Prints what the program printed, what the agent logged, and what came to port 53.
 */
final class BypassScenario {
  private static final int TTL = 300; // longer than the test
  private static final String SERVER = "127.0.0.1";
  private static final String UNREACHABLE = "::1"; // for a program that is to use IPv4 alone
  private static final String OTHER_SERVER = "127.0.0.2";
  private static final String THIRD_SERVER = "127.0.0.3"; // a port that was closed may yet be taken
  private static final String FOURTH_SERVER = "127.0.0.4";
  private static final String FIFTH_SERVER = "127.0.0.5";
  private static final String SIXTH_SERVER = "127.0.0.6";
  private static final String WWW = " www.example.test ";

  private static final String UDP =
      "socket" + WWW + "connected" + WWW + "channel" + WWW + "adaptor" + WWW;

  private static final String EVERY_WAY =
      "socket"
          + WWW
          + "connected"
          + WWW
          + "channel"
          + WWW
          + "connectedChannel"
          + WWW
          + "adaptor"
          + WWW
          + "badCookie"
          + WWW
          + "multicast"
          + WWW
          + "tcp"
          + WWW
          + "tcpChannel"
          + WWW
          + "tcpAsynchronous"
          + WWW
          + "jndiA"
          + WWW
          + "jndiAll"
          + WWW
          + "jndiTXT long.example.test socket nobody.example.test socket secret.onion";

  private static final String SYSTEMS = " socket db.internal tcp db.internal socket nas.local";

  private static final String UNROUTABLE =
      " transfer example.test authoritative www.example.test garbage www.example.test";

  /** The answers of the network's own server; it knows no other names. */
  private static final Zone LOCAL =
      Zone.builder()
          .addresses("nas.local", 60, "10.1.2.4")
          .addresses("db.internal", 60, "10.1.2.5")
          .build();

  private final JavaHome java;
  private final Path folder;

  private BypassScenario(JavaHome java, Path folder) {
    this.java = java;
    this.folder = folder;
  }

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    new BypassScenario(java, Path.of(args[2])).run();
  }

  private void run() {
    try (DotUpstream dot = DotUpstream.start(folder, zone())) {
      watched("by default", dot.agent(), EVERY_WAY + SYSTEMS + UNROUTABLE);
      if (!Breadth.isWhole(java)) {
        return; // how the sockets are patched is the Java's own, and what is sent then is not
      }
      watched("block", dot.agent().set("bypass", "block"), "socket" + WWW + SYSTEMS + UNROUTABLE);
      watched("report", dot.agent().set("bypass", "report"), "jndiA" + WWW + "jndiA" + WWW);
      watched("off", dot.agent().set("bypass", "off"), "socket" + WWW);
      watched(
          "no way to the server", dot.agent(), UNREACHABLE, "authoritative" + WWW + "socket" + WWW);
      watched(
          "no server",
          dot.agent().set("upstreams", "127.0.0.1@1#" + DotUpstream.NAME),
          "socket" + WWW);
      watched("burst", dot.agent(), "burst" + WWW);
      transfer(dot.agent(), OTHER_SERVER, false);
      transfer(dot.agent(), THIRD_SERVER, true);
      otherProtocol(dot.agent(), FOURTH_SERVER);
      otherProtocol(dot.agent().set("bypass", "block"), FIFTH_SERVER);
      guessed(dot.agent());
    }
  }

  private void transfer(Agent agent, String address, boolean asksNoMore) {
    try (LongZone server = LongZone.on(address, asksNoMore)) {
      ChildJvm program = ChildJvm.program(java, "ZoneTransfer").args(server.address());
      agent
          .on(asksNoMore ? program.args("asksNoMore") : program)
          .jvmArgs("-Djava.net.preferIPv4Stack=true")
          .run()
          .stdout()
          .forEach(System.out::println);
    }
  }

  /**
   * A line that is longer than a header of DNS, and one that is shorter. UDP comes first: streams
   * are looked at in a program that uses it.
   */
  private void otherProtocol(Agent agent, String address) {
    try (EchoOnLoopback server = EchoOnLoopback.start(address, 53)) {
      System.out.println("== another protocol on port " + server.port());
      String asked = UDP + "line GET-index.html-HTTP/0.9 line HELO";
      ChildResult program =
          agent
              .on(ChildJvm.program(java, "OwnDns"))
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .args(address)
              .args(asked.split(" "))
              .run();
      program.stdout().stream()
          .filter(line -> line.startsWith("line"))
          .forEach(System.out::println);
      program.stderr().stream()
          .filter(line -> line.contains("a stream"))
          .map(line -> line.substring(line.indexOf("dot-agent ")))
          .forEach(System.out::println);
    }
  }

  private void guessed(Agent agent) {
    try (GuessedServer server = GuessedServer.on(SIXTH_SERVER, LOCAL)) {
      System.out.println("== guesses before the response");
      agent
          .on(ChildJvm.program(java, "OwnDns"))
          .jvmArgs("-Djava.net.preferIPv4Stack=true")
          .args((server.address() + " socket db.internal tcp db.internal").split(" "))
          .run()
          .stdout()
          .forEach(System.out::println);
    }
  }

  private static Zone zone() {
    ZoneBuilder zone =
        Zone.builder()
            .soa("example.test", TTL, TTL)
            .addresses("www.example.test", TTL, "192.0.2.1", "192.0.2.2");
    for (int i = 10; i < 50; i++) {
      zone.record(ZoneRecord.txt("long.example.test", TTL, "one of many that are too long: " + i));
    }
    return zone.build();
  }

  private void watched(String what, Agent agent, String asked) {
    watched(what, agent, SERVER, asked);
  }

  private void watched(String what, Agent agent, String server, String asked) {
    System.out.println("== " + what);
    try (Port53Witness witness = Port53Witness.answering(LOCAL, SERVER, 53)) {
      ChildResult program =
          agent
              .set("log.level", "info")
              .on(ChildJvm.program(java, "OwnDns"))
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .args((server + " " + asked.trim()).split(" +"))
              .run();
      program.stdout().stream()
          .map(line -> line.replaceAll("/\\[(.*)]:", "/$1:")) // Java 14 and newer
          .forEach(System.out::println);
      program.stderr().stream()
          .filter(line -> line.contains("@53"))
          // who asks is looked for 20 times a second: these may come too soon after the last
          .filter(line -> !line.contains("info com.sun.jndi.dns.DnsClient"))
          .filter(line -> !line.contains("OwnDnsOverTcp"))
          .map(line -> line.substring(line.indexOf("dot-agent ")))
          .forEach(System.out::println);
      TreeSet<String> seen = new TreeSet<>();
      for (Sighting one : witness.sightings()) {
        seen.add(one.transport() + " " + one.question());
      }
      System.out.println("seen " + seen);
    }
  }
}
