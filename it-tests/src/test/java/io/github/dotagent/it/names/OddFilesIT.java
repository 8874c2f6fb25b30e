package io.github.dotagent.it.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are huge, or none at all: no JVM hangs, none runs out of memory, and one line says so.
 */
@Timeout(180)
class OddFilesIT {
  private static final String FROM_THE_SERVER = "byName x.many.example.test";

  /** [0] { INTEGER 2 } of a certificate, RFC 5280 §4.1. */
  private static final String VERSION_3 = "\u00a0\3\2\1\2";

  /** A start at which the file is already read is rare, even on a busy machine. */
  private static final int STARTS = 5;

  /**
   * A tenth of a millisecond or more each; the agent begins to read within a second, if not busy.
   */
  private static final int ASKS = 5_000;

  @TempDir Path folder;

  private RunningChild start(JavaHome java, Agent agent, String... jvmArgs) {
    return agent
        .uncachedOn(ChildJvm.program(java, "LookupProgram"))
        .jvmArgs("-Djava.net.preferIPv4Stack=true", "-Dfile.encoding=UTF-8")
        .jvmArgs(jvmArgs)
        .args("-")
        .start();
  }

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    if (!Files.exists(pipe)) {
      assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    }
    return pipe;
  }

  @EachJava(few = true)
  void aHostsFileThatIsNone(JavaHome java) throws Exception {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      for (String hosts : List.of("/dev/zero", pipe().toString())) {
        try (RunningChild program = start(java, dot.agent().set("hosts", hosts), "-Xmx64m")) {
          assertEquals("ok 192.0.2.9", program.ask(FROM_THE_SERVER));
          assertEquals("ok 192.0.2.9", program.ask(FROM_THE_SERVER));
          List<String> said = program.finish().stderr();
          assertEquals(1, said.size(), said::toString);
          assertTrue(
              said.get(0).contains("error " + hosts + " cannot be read (it is "), said::toString);
          assertTrue(
              said.get(0).endsWith("): its names are looked up like all others"), said::toString);
        }
      }
    }
  }

  /** 200,000 lines, 10 MB; what the JVM's own heap would have to hold as strings is 60 MB. */
  @EachJava(few = true)
  void aHugeHostsFileInASmallHeap(JavaHome java) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append("10.").append(i >> 16).append('.').append(i >> 8 & 255).append('.');
      text.append(i & 255).append(" host-").append(i).append(".of.a.long.zone.example.test\n");
    }
    Path hosts = Files.writeString(folder.resolve("hosts"), text.toString());
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      // the machine may be busy: the first lookup waits for the file within its timeout
      Agent agent = dot.agent().set("hosts", hosts.toString()).set("timeout", "1m");
      try (RunningChild program = start(java, agent, "-Xmx32m")) {
        assertEquals("ok 10.0.0.0", program.ask("byName host-0.of.a.long.zone.example.test"));
        assertEquals(
            "ok 10.3.13.63", program.ask("byName host-199999.of.a.long.zone.example.test"));
        assertEquals("ok 192.0.2.9", program.ask(FROM_THE_SERVER));
        program.finish().quiet();
      }
    }
  }

  /**
   * 150,000 lines, 7 MB. If each lookup read the file by itself, the process would read 700 MB, and
   * its heap would not hold the tables.
   */
  @EachJava(few = true)
  void manyThreadsAskWhileAHugeHostsFileIsRead(JavaHome java) throws Exception {
    String zone = "of.a.long.zone.example.test";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150_000; i++) {
      text.append("10.").append(i >> 16).append('.').append(i >> 8 & 255).append('.');
      text.append(i & 255).append(" n").append(i).append('.').append(zone).append('\n');
    }
    Path hosts = Files.writeString(folder.resolve("hosts"), text.toString());
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      // the machine may be busy: the lookups wait for the file within their timeout
      Agent agent = dot.agent().set("hosts", hosts.toString()).set("timeout", "1m");
      try (RunningChild program = whileItReadsHosts(java, agent)) {
        long before = octetsReadBy(program);
        LoadReport report = LoadReport.crowd(program, "platform", 100, zone);
        assertEquals("none", report.firstFailure());
        long read = octetsReadBy(program) - before;
        // the file, and the classes that the agent and the load need meanwhile: up to 10 MB
        assertTrue(read < 5 * Files.size(hosts), read + " octets: " + report);
        program.finish().quiet();
      }
      assertEquals(Set.of(), dot.questions(), "each name stands in the file");
    }
  }

  /** A program whose agent has begun to read the hosts file, and has not come to its end. */
  private static RunningChild whileItReadsHosts(JavaHome java, Agent agent) {
    ChildJvm load = agent.uncachedOn(ChildJvm.program(java, "LoadProgram")).jvmArgs("-Xmx64m");
    for (int i = 0; i < STARTS; i++) {
      RunningChild program = load.start();
      for (int ask = 0; ask < ASKS; ask++) {
        if (program.ask("threads dot-agent-hosts").equals("[dot-agent-hosts]")) {
          return program;
        }
      }
      program.close(); // the file was read before the program asked for the first time
    }
    throw new AssertionError("no start at which the hosts file was being read");
  }

  /** By read(2) and its like, from the page cache too: proc(5); 0 on a system without it. */
  private static long octetsReadBy(RunningChild program) throws IOException {
    Path io = Path.of("/proc/" + program.pid() + "/io");
    for (String line : Files.exists(io) ? Files.readAllLines(io) : List.<String>of()) {
      if (line.startsWith("rchar: ")) {
        return Long.parseLong(line.substring("rchar: ".length()));
      }
    }
    return 0;
  }

  @EachJava(few = true)
  void aSettingsFileThatIsNone(JavaHome java) throws Exception {
    assertNotStarted(java, "/dev/zero", "it is larger than 1048576 octets");
    assertNotStarted(java, folder.toString(), "is a folder, not a file");
    assertNotStarted(java, pipe().toString(), "it was not read within 5 s");
    Process trickle =
        new ProcessBuilder("sh", "-c", "while echo '#'; do sleep 0.2; done > " + pipe())
            .redirectErrorStream(true)
            .start();
    try {
      assertNotStarted(java, pipe().toString(), "it was not read within 5 s");
    } finally {
      trickle.destroyForcibly();
    }
  }

  /** Read at a start, and again when it has changed: on a disk that does not answer. */
  @EachJava(few = true)
  void aTrustStoreThatCannotBeRead(JavaHome java) throws Exception {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      Path store = Files.copy(dot.trust.pem(), folder.resolve("slow.pem"));
      Agent agent = dot.agent().set("trustStore", store.toString());
      String late = "trust store " + store + " cannot be read: it was not read within 5 s";
      try (SlowFile slow = SlowFile.of(store)) {
        assertRefused(agent, java, late);
        assertTrue(slow.isHeld(), "all the time");
        assertRefused(agent.set("trustStore", pipe().toString()), java, "is a pipe or a device");
      }
      try (RunningChild program = start(java, agent)) {
        assertEquals("ok 192.0.2.9", program.ask(FROM_THE_SERVER));
        try (SlowFile slow = SlowFile.of(store)) {
          awaitLine(program, late);
          assertEquals("ok 192.0.2.9", program.ask("byName y.many.example.test"));
          assertTrue(slow.isHeld(), "all the time");
        }
        List<String> said = program.finish().stderr();
        assertEquals(1, said.stream().filter(line -> line.contains(late)).count(), "" + said);
      }
    }
  }

  /** The JDK reads all of it or nothing, and does not say where it stopped. */
  @EachJava(few = true)
  void aPkcs12StoreWithACertificateThatIsDamaged(JavaHome java) throws Exception {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      X509Certificate whole = dot.authority.root();
      String good = new String(whole.getEncoded(), StandardCharsets.ISO_8859_1);
      String store =
          new String(
              new PKCS12PfxPduBuilder()
                  .addData(new JcaPKCS12SafeBagBuilder(whole).build())
                  .addData(new JcaPKCS12SafeBagBuilder(whole).build())
                  .addData(new JcaPKCS12SafeBagBuilder(whole).build())
                  .build(null, null)
                  .getEncoded(),
              StandardCharsets.ISO_8859_1);
      int second = store.indexOf(good, store.indexOf(good) + 1);
      int version = store.indexOf(VERSION_3, second) + VERSION_3.length() - 1;
      Path damaged = folder.resolve("ca.p12");
      Files.write(
          damaged,
          (store.substring(0, version) + (char) 9 + store.substring(version + 1))
              .getBytes(StandardCharsets.ISO_8859_1));
      assertRefused(
          dot.agent().set("trustStore", damaged.toString()),
          java,
          "trust store "
              + damaged
              + " holds a certificate that is damaged, or of a kind that this Java does not know,"
              + " number 2; copy it again, or take it out");
    }
  }

  private static void assertRefused(Agent agent, JavaHome java, String why) {
    ChildResult result =
        agent.on(ChildJvm.program(java, "LookupProgram")).args("byName", "localhost").run();
    assertEquals(1, result.exitCode(), result::toString);
    assertEquals(List.of(), result.stdout());
    assertEquals(1, result.stderr().size(), result::toString);
    assertTrue(result.stderr().get(0).contains(why), result::toString);
  }

  private static void awaitLine(RunningChild program, String wanted) throws InterruptedException {
    while (program.stderr().stream().noneMatch(line -> line.contains(wanted))) {
      assertTrue(program.isAlive(), () -> program.stderr().toString()); // the test has a time limit
      Thread.sleep(100);
    }
  }

  private static void assertNotStarted(JavaHome java, String file, String why) {
    ChildResult result =
        ChildJvm.program(java, "LookupProgram")
            .jvmArgs("-javaagent:" + Agent.jar() + "=" + file)
            // if the JVM starts, no query leaves this machine
            .jvmArgs("-Ddotagent.upstreams=127.0.0.1@1#dns.example")
            .args("byName", "localhost")
            .run();
    assertEquals(1, result.exitCode(), result::toString);
    assertEquals(List.of(), result.stdout());
    assertEquals(1, result.stderr().size(), result::toString);
    assertTrue(result.stderr().get(0).contains(file), result::toString);
    assertTrue(result.stderr().get(0).contains(why), result::toString);
  }

  @EachJava(few = true)
  void messagesAboutOddNames(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      Agent agent = dot.agent().set("system.suffixes", "corp.test");
      try (RunningChild program = start(java, agent)) {
        String said = program.ask("byName fa\u00df.example.test");
        assertTrue(said.contains("IDNA 2003 and 2008 differ about its character U+00DF"), said);
        assertEquals("ok 192.0.2.9", program.ask(FROM_THE_SERVER));
        List<String> stderr = program.finish().stderr();
        assertEquals(1, stderr.size(), stderr::toString);
        assertTrue(
            stderr
                .get(0)
                .contains("warn dotagent.system.suffixes without a + replaces its default"),
            stderr::toString);
      }
      assertEquals(Set.of("x.many.example.test A"), dot.questions());
    }
  }
}
