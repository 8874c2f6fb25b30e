package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.IN_CLEAR;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static io.github.dotagent.it.install.Watched.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other agents before and after dot-agent; and dot-agent itself, twice. */
class OtherAgentsIT {
  private static final String NAME = "one.many.example.test";

  /** They patch half of a JVM's classes, which takes ten times as long as its start. */
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private static final String AGENT_THAT_LOOKS_UP =
      """
      package early;

      public class Agent {
        public static void premain(String name) throws Exception {
          System.out.println("agent " + java.net.InetAddress.getByName(name).getHostAddress());
        }
      }
      """;

  @TempDir Path folder;

  /** What it looked up in the clear, the JVM keeps in its cache: the program must not get that. */
  @EachJava(one = true)
  void anAgentThatMakesALookup(JavaHome java) {
    Path classes = Sources.in(folder).file("early/Agent.java", AGENT_THAT_LOOKS_UP).compile();
    Path jar =
        new JarFileOf()
            .manifest("Premain-Class", "early.Agent")
            .folder("", classes)
            .write(folder.resolve("early.jar"));
    String other = "-javaagent:" + jar + "=" + NAME;
    List<Watched> runs =
        Watched.runAll(
            folder, program(java).jvmArgs(other, AGENT), program(java).jvmArgs(AGENT, other));

    Watched before = runs.get(0).quiet();
    assertEquals("ok " + OVER_TLS, before.result().stdout().get(1), before.toString());
    assertTrue(before.asked().contains(NAME + " A"), before.toString());
    if (NetworkNamespace.whyUnavailable().isEmpty()) {
      assertEquals("agent " + IN_CLEAR, before.result().stdout().get(0));
      assertEquals(before.asked(), before.leaked(), "the other agent's, and no more");
    }
    runs.get(1).resolved(List.of("agent " + OVER_TLS, "ok " + OVER_TLS), NAME).quiet();
  }

  @EachJava(one = true)
  void givenTwice(JavaHome java) throws IOException {
    Path copy = Files.copy(Agent.jar(), folder.resolve("copy.jar"));
    ChildJvm fromTheEnvironment = program(java).environment("JAVA_TOOL_OPTIONS", AGENT);
    List<Watched> runs =
        Watched.runAll(
            folder,
            program(java).jvmArgs(AGENT, "-javaagent:" + Agent.jar()),
            program(java).jvmArgs("-javaagent:" + copy, AGENT),
            fromTheEnvironment,
            fromTheEnvironment.jvmArgs("-javaagent:" + copy, SETTINGS));
    for (Watched run : runs) {
      run.resolved(List.of("ok " + OVER_TLS), NAME);
      for (String line : run.result().stderr()) {
        assertTrue(line.startsWith("Picked up JAVA_TOOL_OPTIONS"), line);
      }
      assertEquals(2, run.asked().size(), "A and AAAA, once each: " + run);
    }
  }

  @EachJava(few = true)
  void openTelemetry(JavaHome java) {
    // all of its instrumentations on one Java: they make a start of a second one of ten
    String instrumentations =
        "-Dotel.instrumentation.common.default-enabled=" + (java.major() == 25);
    beforeUsAndAfterUs(
        java,
        "opentelemetry",
        instrumentations,
        "-Dotel.traces.exporter=none",
        "-Dotel.metrics.exporter=none",
        "-Dotel.logs.exporter=none",
        "-Dotel.javaagent.logging=none");
  }

  @Tag("wide") // two minutes on a busy machine, where the others show what other agents do
  @EachJava(few = true)
  void elastic(JavaHome java) {
    beforeUsAndAfterUs(
        java,
        "elastic",
        "-Delastic.apm.disable_send=true",
        "-Delastic.apm.central_config=false",
        "-Delastic.apm.cloud_provider=NONE",
        "-Delastic.apm.log_level=OFF",
        "-Delastic.apm.server_url=http://127.0.0.1:1");
  }

  @EachJava(few = true)
  void newRelic(JavaHome java) {
    beforeUsAndAfterUs(
        java,
        "newrelic",
        "-Dnewrelic.config.license_key=0123456789012345678901234567890123456789",
        "-Dnewrelic.config.app_name=program",
        "-Dnewrelic.config.log_level=off",
        "-Dnewrelic.config.log_file_path=" + folder,
        "-Dnewrelic.config.host=127.0.0.1");
  }

  /** JaCoCo patches every class of the program; that of Byte Buddy only lets others do so. */
  @EachJava(few = true)
  void jacocoAndByteBuddy(JavaHome java) {
    beforeUsAndAfterUs(
        java, "jacoco=output=none", "-javaagent:" + ThirdParty.jar("byte-buddy-agent"));
  }

  @ParameterizedTest(name = "Java {0}")
  @ValueSource(ints = {8, 17, 25})
  @Tag("programs")
  void datadog(int version) {
    beforeUsAndAfterUs(
        found(version),
        ofItsOwn("datadog", "dd-java-agent-1.68.1"),
        "-Ddd.trace.enabled=true",
        "-Ddd.agent.host=127.0.0.1",
        "-Ddd.telemetry.enabled=false",
        "-Ddd.remote_config.enabled=false",
        "-Ddatadog.slf4j.simpleLogger.defaultLogLevel=off");
  }

  @ParameterizedTest(name = "Java {0}")
  @ValueSource(ints = {8, 17, 25})
  @Tag("programs")
  void aspectJ(int version) {
    beforeUsAndAfterUs(found(version), ofItsOwn("aspectj", "aspectjweaver-1.9.24"));
  }

  @ParameterizedTest(name = "Java {0}")
  @ValueSource(ints = {8, 17, 25})
  @Tag("programs")
  void glowroot(int version) {
    beforeUsAndAfterUs(
        found(version),
        ofItsOwn("glowroot", "glowroot-agent-0.14.0-beta.2"),
        "-Dglowroot.collector.address=http://127.0.0.1:1",
        "-Dglowroot.agent.id=program",
        "-Dglowroot.log.dir=" + folder,
        "-Dglowroot.tmp.dir=" + folder);
  }

  /** With the exporter nothing is patched: it brings a thread that serves, and JMX. */
  @ParameterizedTest(name = "Java {0}")
  @ValueSource(ints = {8, 17, 25})
  @Tag("programs")
  void jmxExporter(int version) throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.yml"), "rules: []\n");
    beforeUsAndAfterUs(found(version), "jmx-exporter=127.0.0.1:0:" + rules);
  }

  private static JavaHome found(int version) {
    Optional<JavaHome> found = InstalledJdks.find(version);
    Assumptions.assumeTrue(found.isPresent(), InstalledJdks.missing(version));
    return found.get();
  }

  private static String ofItsOwn(String folder, String jar) {
    String its = "programs/dot-agent-it-programs-" + folder;
    Assumptions.assumeTrue(
        ThirdParty.has(its), "its jar is not there: mvn -f it-tests/programs package");
    return its + "/" + jar;
  }

  /**
   * @param other a jar, and perhaps its options after an equals sign
   */
  private void beforeUsAndAfterUs(JavaHome java, String other, String... itsSettings) {
    NetworkNamespace.whyUnavailable()
        .ifPresent(reason -> Assumptions.assumeTrue(false, reason)); // it might call home
    String jar = other.split("=", 2)[0];
    String otherAgent = "-javaagent:" + ThirdParty.jar(jar) + other.substring(jar.length());
    ChildJvm program =
        program(java)
            .jvmArgs(itsSettings)
            .jvmArgs("-XX:TieredStopAtLevel=1") // ends soon anyhow
            .within(WITHIN);
    if (java.major() >= 24) {
      program = program.jvmArgs("--sun-misc-unsafe-memory-access=allow"); // their affair
    }
    List<Watched> runs =
        Watched.runAll(
            folder, program.jvmArgs(otherAgent, AGENT), program.jvmArgs(AGENT, otherAgent));
    for (Watched run : runs) {
      run.foundOverTls(NAME);
      for (String line : run.result().stderr()) {
        String said = line.replace("dot-agent-it-programs", ""); // the folder of the other's jar
        assertTrue(!said.contains("dot-agent") && !said.contains("dotagent"), run.toString());
      }
    }
    runs.get(1).notLeaked();
  }

  private static ChildJvm program(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram").args("byName", NAME);
  }
}
