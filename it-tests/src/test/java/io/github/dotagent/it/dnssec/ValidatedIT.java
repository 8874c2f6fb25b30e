package io.github.dotagent.it.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.dnssec.SignedTree;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.watch.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs, libraries and operators see with {@code dnssec=validate}. */
class ValidatedIT {
  private static final String RESOLVER = "io.github.dotagent:type=Resolver";
  private static final String EXPIRED =
      "the signature of www.expired.test. A expired at 2020-02-01T00:00:00Z";

  /** Two looks at the files, on an idle machine. */
  private static final Duration WITHIN = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private static SignedTree tree;

  @TempDir Path own;

  @BeforeAll
  static void plant() throws IOException {
    String missing = SignedTree.missing();
    if (!missing.isEmpty()) {
      System.out.println("ValidatedIT skipped: " + missing + " is not on this machine");
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
        .set("upstreams", upstream())
        .set("trustStore", tree.trust().toString())
        .set("system.suffixes", "off")
        .set("dnssec", "validate")
        .set("dnssec.anchors", tree.anchors().toString());
  }

  private static String upstream() {
    return "127.0.0.1@" + tree.port() + "#" + SignedTree.SERVER;
  }

  @EachJava(few = true)
  void programsAndTheirLibrariesGetWhatIsNotBogus(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "ManagedLookups");
    Agent agent = agent().set("dnssec.require", "plain.test");
    try (RunningChild running = agent.uncachedOn(program).start()) {
      assertEquals("ok 192.0.2.1", running.ask("byName www.signed.test"));
      String expired = running.ask("byName www.expired.test");
      assertTrue(expired.contains(EXPIRED), expired);
      assertTrue(expired.contains("(EDE 7: Signature Expired)"), expired);
      String plain = running.ask("byName www.plain.test");
      assertTrue(plain.contains("dnssec.require has plain.test"), plain);
      String dns = "dns socket 127.0.0.1 ";
      assertTrue(running.ask(dns + "www.signed.test").startsWith("ok rcode 0, 1 answers"));
      for (String refused : List.of("www.expired.test", "www.baddata.test", "www.plain.test")) {
        String said = running.ask(dns + refused);
        assertTrue(said.startsWith("ok rcode 2, 0 answers"), refused + ": " + said);
      }
    }
  }

  /** Not validated, and not refused where {@code dnssec.require} asks for a secure answer. */
  @EachJava(few = true)
  void addressesAndNamesOfThisMachineAreNotValidated(JavaHome java) throws IOException {
    Path hosts =
        Files.writeString(own.resolve("hosts"), "192.0.2.9 www.expired.test www.plain.test\n");
    Agent agent = agent().set("hosts", hosts.toString()).set("dnssec.require", "test,localhost");
    ChildJvm program = ChildJvm.program(java, "ManagedLookups");
    try (RunningChild running = agent.uncachedOn(program).start()) {
      assertEquals("ok there", running.ask("await " + RESOLVER));
      assertEquals("ok 192.0.2.9", running.ask("byName www.expired.test"));
      assertEquals("ok 192.0.2.9", running.ask("byName www.plain.test"));
      assertEquals("ok 192.0.2.77", running.ask("byName 192.0.2.77"));
      assertEquals("ok 127.0.0.1", running.ask("byName localhost"));
      assertCounts(running, 0, 0, 0);
      assertEquals("ok 192.0.2.1", running.ask("byName www.signed.test"));
      assertCounts(running, 1, 0, 0);
    }
  }

  @EachJava(few = true)
  void verdictsAreCounted(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "ManagedLookups");
    try (RunningChild running = agent().uncachedOn(program).start()) {
      assertEquals("ok there", running.ask("await " + RESOLVER));
      running.ask("byName www.signed.test");
      running.ask("byName www.signed.test"); // from the cache
      running.ask("byName www.plain.test");
      assertCounts(running, 2, 1, 0);
      running.ask("byName www.expired.test");
      assertCounts(running, 2, 1, 1);
      running.ask("byName www.expired.test"); // the failure is remembered
      assertCounts(running, 2, 1, 2);
    }
  }

  private static void assertCounts(RunningChild running, int secure, int insecure, int bogus) {
    List<String> figures =
        Stream.of("SecureAnswers", "InsecureAnswers", "FailuresBogus")
            .map(attribute -> running.ask("get " + RESOLVER + ' ' + attribute))
            .toList();
    assertEquals(List.of("ok " + secure, "ok " + insecure, "ok " + bogus), figures);
  }

  /** Names that were checked by the last ones are checked again. */
  @EachJava(few = true)
  void anchorsThatChangeHoldWhileTheProgramRuns(JavaHome java) throws Exception {
    Path anchors = Files.copy(tree.anchors(), own.resolve("anchors"));
    Agent agent = agent().set("dnssec.anchors", anchors.toString());
    ChildJvm program = ChildJvm.program(java, "ManagedLookups");
    try (RunningChild running = agent.uncachedOn(program).start()) {
      assertEquals("ok 192.0.2.1", running.ask("byName www.signed.test"));
      // the root has another key: all digests are of none
      String ds = Files.readString(tree.anchors());
      replace(anchors, ds.replaceFirst("(?m)[0-9A-F ]{8}$", "00000000"));
      await(running, "sent a bogus answer");
      replace(anchors, "half of a line");
      awaitLine(running, "; the previous settings stay in force");
      assertTrue(running.ask("byName www.signed.test").contains("sent a bogus answer"));
      replace(anchors, ds);
      await(running, "ok 192.0.2.1");
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path whole = Files.writeString(file.resolveSibling("anchors.new"), text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void await(RunningChild running, String wanted) throws InterruptedException {
    String said = running.ask("byName www.signed.test");
    for (long end = System.nanoTime() + WITHIN.toNanos(); !said.contains(wanted); ) {
      assertTrue(System.nanoTime() < end, said);
      Thread.sleep(100);
      said = running.ask("byName www.signed.test");
    }
  }

  private static void awaitLine(RunningChild running, String wanted) throws InterruptedException {
    for (long end = System.nanoTime() + WITHIN.toNanos();
        running.stderr().stream().noneMatch(line -> line.endsWith(wanted)); ) {
      assertTrue(System.nanoTime() < end, () -> running.stderr().toString());
      Thread.sleep(100);
    }
  }

  /** To it every signature is right, and every digest is all zeros. */
  @EachJava(few = true)
  void aSecurityProviderOfTheProgramsDoesNotDecide(JavaHome java) {
    ChildResult result =
        agent()
            .on(ChildJvm.program(java, "HostileProgram"))
            .args("accepting", "www.signed.test", "www.baddata.test")
            .run();
    assertEquals("ok 192.0.2.1", result.stdout().get(0), result.toString());
    assertTrue(result.stdout().get(1).contains("sent a bogus answer"), result.toString());
  }

  /** The first server has another address of the name, and knows nothing of signatures. */
  @EachJava(few = true)
  void anotherServerIsAskedBeforeAnAnswerIsBogus(JavaHome java) throws IOException {
    Zone forged = Zone.builder().addresses("*.signed.test", 300, "198.51.100.66").build();
    try (DotUpstream first = DotUpstream.start(own, forged);
        DotServer liar =
            DotServer.start(DotServerOptions.of(forged, first.certificate).on("127.0.0.2"))) {
      String authorities = Files.readString(first.trust.pem()) + Files.readString(tree.trust());
      Path trust = Files.writeString(own.resolve("authorities.pem"), authorities);
      Agent both =
          agent()
              .set("upstreams", liar.upstream(DotUpstream.NAME) + "," + upstream())
              .set("trustStore", trust.toString());
      ChildResult result =
          both.on(ChildJvm.program(java, "LookupProgram")).args("byName", "www.signed.test").run();
      assertEquals(List.of("ok 192.0.2.1"), result.stdout(), result.toString());
      assertFalse(liar.log().queries().isEmpty(), "it is the first that is asked");
    }
  }

  @Test
  void operatorsSeeTheVerdict() {
    Tool tool = Tool.ofTheBuild();
    assertSays(tool, agent(), "secure", "lookup", "www.signed.test");
    assertSays(tool, agent(), "insecure", "lookup", "www.plain.test");
    assertSays(tool, agent(), "bogus: " + EXPIRED, "lookup", "www.expired.test");
    assertSays(
        tool,
        ofIana().set("dnssec", "ad"),
        "not secure, as the server reports (no AD)",
        "lookup",
        "www.signed.test");
    String root = dnssecLine(said(tool, agent(), "doctor"));
    assertTrue(root.matches("DNSSEC +ok +the root is secure, .*"), root);
    List<String> doubted = said(tool, ofIana(), "doctor");
    assertTrue(
        dnssecLine(doubted).matches("DNSSEC +FAIL +the root is bogus: .*"), doubted::toString);
    assertTrue(
        doubted.stream().anyMatch(line -> line.contains("the anchors must be those of its root")),
        doubted::toString);
    String word = dnssecLine(said(tool, ofIana().set("dnssec", "ad"), "doctor"));
    assertTrue(word.contains("is not secure, as the server reports (no AD)"), word);
  }

  /** With the anchors that are built in: this root has other keys. */
  private static Agent ofIana() {
    Map<String, String> settings = new TreeMap<>(agent().settings());
    settings.remove("dnssec.anchors");
    return new Agent(settings);
  }

  private static void assertSays(Tool tool, Agent agent, String verdict, String... command) {
    ChildResult result = ran(tool, agent, command);
    assertTrue(
        result.stdout().stream().anyMatch(line -> line.startsWith(";; DNSSEC " + verdict)),
        result.toString());
  }

  private static List<String> said(Tool tool, Agent agent, String... command) {
    return ran(tool, agent, command).stdout();
  }

  private static ChildResult ran(Tool tool, Agent agent, String... command) {
    return tool.command(command).jvmArgs(agent.settingArgs().toArray(String[]::new)).run();
  }

  private static String dnssecLine(List<String> doctor) {
    return doctor.stream()
        .map(String::strip)
        .filter(line -> line.startsWith("DNSSEC"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(doctor));
  }

  @Test
  void flightRecorderHasTheVerdict() throws Exception {
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
      running.ask("byName www.plain.test");
      running.ask("byName www.expired.test");
      running.finish();
    }
    Map<String, String> seen = new TreeMap<>();
    for (var event : Recordings.events(file)) {
      if (event.getEventType().getName().equals("dotagent.Lookup")) {
        seen.put(
            event.getString("name"), event.getString("outcome") + " " + event.getString("dnssec"));
      }
    }
    assertEquals("found secure", seen.get("www.signed.test"), seen::toString);
    assertEquals("found insecure", seen.get("www.plain.test"), seen::toString);
    assertEquals("bogus unchecked", seen.get("www.expired.test"), seen::toString);
  }
}
