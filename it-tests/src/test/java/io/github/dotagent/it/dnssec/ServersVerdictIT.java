package io.github.dotagent.it.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.dnssec.SignedTree;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.watch.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AD bit of an Unbound that checks signatures, with {@code dnssec=ad}. */
class ServersVerdictIT {
  private static final String RESOLVER = "io.github.dotagent:type=Resolver";

  @TempDir static Path folder;
  private static SignedTree tree;

  @TempDir Path own;

  @BeforeAll
  static void plant() throws IOException {
    String missing = SignedTree.missing();
    if (!missing.isEmpty()) {
      System.out.println("ServersVerdictIT skipped: " + missing + " is not on this machine");
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    tree = SignedTree.startSmall(folder);
  }

  @AfterAll
  static void fell() {
    if (tree != null) {
      tree.close();
    }
  }

  private static Agent agent() {
    return Agent.patient()
        .set("upstreams", "127.0.0.1@" + tree.validatingPort() + "#" + SignedTree.SERVER)
        .set("trustStore", tree.trust().toString())
        .set("system.suffixes", "off")
        .set("dnssec", "ad");
  }

  /** The second lookup of a name is answered from the cache, with the verdict of the first. */
  @EachJava(few = true)
  void isKeptWithTheAnswer(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "ManagedLookups");
    Agent requires = agent().set("dnssec.require", "signed.test,required.plain.test");
    try (RunningChild running = requires.uncachedOn(program).start()) {
      assertEquals("ok there", running.ask("await " + RESOLVER));
      assertEquals("ok 192.0.2.1", running.ask("byName www.signed.test"));
      assertCounts(running, 1, 0, 0);
      assertEquals("ok 192.0.2.1", running.ask("byName www.signed.test"));
      assertCounts(running, 2, 0, 2); // A and AAAA
      assertEquals("ok 192.0.2.1", running.ask("byName www.plain.test"));
      assertEquals("ok 192.0.2.1", running.ask("byName www.plain.test"));
      assertCounts(running, 2, 2, 4);
      assertExplained(running, "www.signed.test", ", secure, from");
      assertExplained(running, "www.plain.test", ", insecure, from");
      // the server itself refuses what is bogus, and says why
      String expired = running.ask("byName www.expired.test");
      assertTrue(expired.contains("answered SERVFAIL (EDE "), expired);
      assertCounts(running, 2, 2, 4);
    }
  }

  private static void assertCounts(RunningChild running, int secure, int insecure, int hits) {
    List<String> figures = new ArrayList<>();
    for (String attribute : List.of("SecureAnswers", "InsecureAnswers", "Hits")) {
      figures.add(running.ask("get " + RESOLVER + ' ' + attribute));
    }
    assertEquals(List.of("ok " + secure, "ok " + insecure, "ok " + hits), figures);
  }

  private static void assertExplained(RunningChild running, String name, String verdict) {
    String said = running.ask("call " + RESOLVER + " explain " + name);
    assertTrue(said.contains(verdict), said);
  }

  @Test
  void lookupShowsIt() {
    assertSays("secure, as the server reports (AD)", "www.signed.test");
    assertSays("not secure, as the server reports (no AD)", "www.plain.test");
  }

  private static void assertSays(String verdict, String name) {
    ChildResult result =
        Tool.ofTheBuild()
            .command("lookup", name)
            .jvmArgs(agent().settingArgs().toArray(String[]::new))
            .run();
    assertTrue(result.stdout().contains(";; DNSSEC " + verdict), result.toString());
  }

  @Test
  void flightRecorderHasIt() throws Exception {
    Path file = own.resolve("recording.jfr");
    ChildJvm program = ChildJvm.program(JavaHome.current(), "ManagedLookups");
    try (RunningChild running =
        agent()
            .set("log.level", "debug")
            .uncachedOn(program)
            .jvmArgs("-XX:StartFlightRecording=dumponexit=true,filename=" + file)
            .start()) {
      running.awaitLine("Use jcmd ");
      Recordings.awaitJoined(running);
      running.ask("byName www.signed.test");
      running.ask("byName www.signed.test");
      running.ask("byName www.plain.test");
      running.finish();
    }
    List<String> seen = new ArrayList<>();
    for (var event : Recordings.events(file)) {
      if (event.getEventType().getName().equals("dotagent.Lookup")
          && event.getString("name").endsWith(".test")) {
        seen.add(
            event.getString("name")
                + ' '
                + event.getString("from")
                + ' '
                + event.getString("dnssec"));
      }
    }
    assertEquals(
        List.of(
            "www.signed.test upstream secure",
            "www.signed.test cache secure",
            "www.plain.test upstream insecure"),
        seen);
  }
}
