package io.github.dotagent.it.watch;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs in a network of its own. The system resolver knows 20 names, by a hosts file that the agent
 * is told not to read; the server knows 30. Ten are known to both, three of them as a CDN would
 * have it.
 */
final class ObserveScenario {
  private static final int INSIDE = 10;
  private static final int COMMON = 7;
  private static final int CDN = 3;
  private static final int NEW = 20;
  private static final int ALL = INSIDE + COMMON + CDN + NEW;

  /** More than a slow machine needs for two or three seconds' work. */
  private static final long WITHIN = TimeUnit.MINUTES.toNanos(2);

  private ObserveScenario() {}

  static String hosts() {
    StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
    add(hosts, INSIDE, "10.0.0.", "db", "corp.test");
    add(hosts, COMMON, "192.0.2.", "w", "shop.test");
    add(hosts, CDN, "198.51.100.", "c", "cdn.test");
    return hosts.toString();
  }

  private static void add(StringBuilder hosts, int count, String net, String host, String domain) {
    for (int i = 0; i < count; i++) {
      hosts.append(net).append(i + 1).append(' ').append(host).append(i).append('.');
      hosts.append(domain).append('\n');
    }
  }

  private static Zone zone() {
    ZoneBuilder zone = Zone.builder().soa("test", 300, 300);
    for (int i = 0; i < COMMON; i++) {
      zone.addresses("w" + i + ".shop.test", 300, "192.0.2." + (i + 1));
    }
    for (int i = 0; i < CDN; i++) {
      zone.addresses("c" + i + ".cdn.test", 300, "203.0.113." + (i + 1));
    }
    for (int i = 0; i < NEW; i++) {
      zone.addresses("n" + i + ".new.test", 300, "192.0.2." + (i + 101));
    }
    return zone.build();
  }

  private static List<String> systems() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < INSIDE; i++) {
      names.add("db" + i + ".corp.test");
    }
    for (int i = 0; i < COMMON; i++) {
      names.add("w" + i + ".shop.test");
    }
    for (int i = 0; i < CDN; i++) {
      names.add("c" + i + ".cdn.test");
    }
    return names;
  }

  private static List<String> all() {
    List<String> names = systems();
    for (int i = 0; i < NEW; i++) {
      names.add("n" + i + ".new.test");
    }
    return names;
  }

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    try (DotUpstream dot = DotUpstream.start(Path.of(args[2]), zone())) {
      Agent agent = dot.agent().set("hosts", "off");
      String line = observed(java, agent.set("mode", "observe"));
      System.out.println("without the line " + failures(java, agent) + " of " + ALL + " fail");
      int equals = line.indexOf('=');
      String key = line.substring("-Ddotagent.".length(), equals);
      int failures = failures(java, agent.set(key, line.substring(equals + 1)));
      System.out.println("with the line " + failures + " of " + ALL + " fail");
    }
  }

  /** What is to be pasted. */
  private static String observed(JavaHome java, Agent agent) {
    List<String> without = new ArrayList<>();
    try (RunningChild stock = ChildJvm.program(java, "ManagedLookups").start()) {
      all().forEach(name -> without.add(stock.ask("allByName " + name)));
      stock.finish();
    }
    try (RunningChild program = agent.on(ChildJvm.program(java, "ManagedLookups")).start()) {
      int same = 0;
      for (int i = 0; i < ALL; i++) {
        same += program.ask("allByName " + all().get(i)).equals(without.get(i)) ? 1 : 0;
      }
      System.out.println("answers as without the agent: " + same + " of " + ALL);
      Beans beans = new Beans(program, "");
      beans.await();
      String cache = beans.resolver("JvmCachePolicy");
      System.out.println(
          "JVM cache as without the agent: " + cache.startsWith("JVM cache 30 s, negative 10 s"));
      awaitComparisons(beans);
      System.out.printf(
          "same %s, other addresses %s, only system %s, only TLS %s%n",
          beans.resolver("ObservedSame"),
          beans.resolver("ObservedOtherAddresses"),
          beans.resolver("ObservedOnlySystem"),
          beans.resolver("ObservedOnlyTls"));
      for (String suffix : beans.resolver("ObservedSuffixes").split(" \\| ")) {
        System.out.println(suffix);
      }
      String line = beans.resolver("ObservedLines");
      System.out.println(line);
      System.out.printf(
          "would have failed %s, with the line %s%n",
          beans.resolver("WouldHaveFailed"), beans.resolver("WouldStillFail"));
      System.out.printf(
          "observe %s, in the clear %s%n",
          beans.resolver("AnswersObserve"), beans.resolver("MayHaveBeenInClear"));
      List<String> said = program.finish().stderr();
      System.out.println(
          "said at the start: "
              + (said.size() == 1 && said.get(0).contains("leave in the clear as before")));
      return line;
    }
  }

  private static void awaitComparisons(Beans beans) {
    long end = System.nanoTime() + WITHIN;
    while (beans.count("ObservedWaiting") > 0 && System.nanoTime() - end < 0) {
      beans.program().ask("idle 100");
    }
  }

  private static int failures(JavaHome java, Agent agent) {
    int failures = 0;
    try (RunningChild program = agent.on(ChildJvm.program(java, "ManagedLookups")).start()) {
      for (String name : all()) {
        failures += program.ask("byName " + name).startsWith("ok ") ? 0 : 1;
      }
      program.finish();
    }
    return failures;
  }
}
