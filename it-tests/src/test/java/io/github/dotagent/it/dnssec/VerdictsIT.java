package io.github.dotagent.it.dnssec;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.dnssec.SignedTree;
import io.github.dotagent.it.harness.dnssec.TreeZones;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verdict of the agent for each name of a tree of signed zones, whole and broken in more than
 * thirty ways, is that of Unbound and of BIND's delv for the same data, asked beside it.
 */
class VerdictsIT {
  private static final String RESOLVER = "io.github.dotagent:type=Resolver";

  /** A line of {@code explain} for a cached answer, or a failure that is remembered. */
  private static final Pattern KEPT =
      Pattern.compile(
          "(A|AAAA) (?:[^,\\]]*?: [^,\\]]*, (secure|insecure|indeterminate), from|(failed))");

  /**
   * Where the two differ, and why the agent is with one of them: names, by a regular expression.
   * RFC 5155 §9.2: a proof with opt-out is no proof that a name does not exist; delv shows the
   * records of the proof as validated. RFC 4509 §3: SHA-1 is ignored beside a stronger digest;
   * Unbound takes any without {@code harden-algo-downgrade}.
   */
  private static final Map<Pattern, String> DIFFERENT =
      Map.of(
          Pattern.compile("nothing\\.(optout\\.test|opt)\\.|x\\.wild\\.optout\\.test\\."),
              "unbound",
          Pattern.compile("\\w+\\.twodigests\\.test\\."), "delv");

  /** Of algorithms that the JDK has since Java 15 alone (JEP 339). */
  private static final Pattern EDWARDS =
      Pattern.compile(".*\\.(ed25519|ed448|tree\\.ecdsa)\\.test\\.");

  private static final int JAVA_WITH_EDWARDS = 15;

  @TempDir static Path folder;
  private static SignedTree tree;
  private static final Map<String, String> unbound = new LinkedHashMap<>();
  private static final Map<String, String> delv = new LinkedHashMap<>();

  @BeforeAll
  static void plant() throws IOException {
    String missing = SignedTree.missing();
    if (!missing.isEmpty()) {
      System.out.println("VerdictsIT skipped: " + missing + " is not on this machine");
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    tree = SignedTree.start(folder);
    for (String name : TreeZones.names()) {
      for (String type : List.of("A", "AAAA")) {
        unbound.put(name + " " + type, tree.verdictOfUnbound(name, type));
        delv.put(name + " " + type, tree.verdictOfDelv(name, type));
      }
    }
  }

  @AfterAll
  static void fell() {
    if (tree != null) {
      tree.close();
    }
  }

  /** What the program has set for a dnsjava of its own changes nothing. */
  @EachJava(few = true)
  void areThoseOfUnboundAndDelv(JavaHome java) {
    Agent agent =
        Agent.patient()
            .set("upstreams", "127.0.0.1@" + tree.port() + "#" + SignedTree.SERVER)
            .set("trustStore", tree.trust().toString())
            .set("system.suffixes", "off")
            .set("cache.maxNegativeTtl", "1h")
            .set("dnssec", "validate")
            .set("dnssec.anchors", tree.anchors().toString());
    ChildJvm program =
        agent
            .uncachedOn(ChildJvm.program(java, "ManagedLookups"))
            .jvmArgs(
                "-Ddnsjava.dnssec.trust_anchor_file=/nowhere",
                "-Ddnsjava.dnssec.algorithm.13=false",
                "-Ddnsjava.dnssec.keycache.max_size=none")
            .within(Duration.ofMinutes(5));
    List<Executable> asExpected = new ArrayList<>();
    try (RunningChild running = program.start()) {
      assertEquals("ok there", running.ask("await " + RESOLVER));
      for (String name : TreeZones.names()) {
        String host = name.substring(0, name.length() - 1);
        String said = running.ask("byName " + host);
        Map<String, String> verdicts =
            verdicts(running.ask("call " + RESOLVER + " explain " + host));
        for (String type : List.of("A", "AAAA")) {
          String asked = name + " " + type;
          String ours = verdicts.getOrDefault(type, "none: " + said);
          asExpected.add(() -> assertEquals(expected(asked, java), ours, asked + ": " + said));
        }
      }
    }
    assertAll(asExpected);
  }

  private static String expected(String asked, JavaHome java) {
    String name = asked.substring(0, asked.indexOf(' '));
    boolean unknown = java.major() < JAVA_WITH_EDWARDS && EDWARDS.matcher(name).matches();
    String one = unbound.get(asked);
    String other = delv.get(asked);
    if (unknown) {
      return one.equals("bogus") ? one : "insecure"; // RFC 4035 §5.2
    }
    if (one.equals(other)) {
      return one;
    }
    for (Map.Entry<Pattern, String> different : DIFFERENT.entrySet()) {
      if (different.getKey().matcher(name).matches()) {
        return different.getValue().equals("unbound") ? one : other;
      }
    }
    return fail(asked + ": Unbound says " + one + ", delv " + other);
  }

  private static Map<String, String> verdicts(String explained) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    Matcher kept = KEPT.matcher(explained);
    while (kept.find()) {
      verdicts.put(kept.group(1), kept.group(3) != null ? "bogus" : kept.group(2));
    }
    return verdicts;
  }

  /** The zones prove something, but not that these names do not exist. */
  @org.junit.jupiter.api.Test
  void replayedDenialsAreBogus() {
    for (String name : List.of("gone.replayed", "gone.replayed3", "gone.wild.replayedwild")) {
      assertEquals("bogus", unbound.get(name + ".test. A"), name);
    }
  }

  /** The table is worth nothing if all of it is of one kind. */
  @org.junit.jupiter.api.Test
  void allKindsOccur() {
    for (String kind : List.of("secure", "insecure", "bogus")) {
      long count = unbound.values().stream().filter(kind::equals).count();
      assertTrue(count >= 30, kind + " " + count);
    }
  }
}
