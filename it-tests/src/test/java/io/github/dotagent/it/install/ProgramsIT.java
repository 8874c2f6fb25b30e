package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that others wrote, as they are on Maven Central, with and without the agent: the same
 * output and the same end; all names at the server over TLS, none at port 53. What each does is in
 * {@code src/test/resources/programs}; where its jars come from, in {@code it-tests/programs}.
 */
@Tag("programs")
class ProgramsIT {
  /** A JVM with a large library in it, on a busy machine. */
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private static final int LAST = 25;

  /** What runs as one: a class, its jars, the names that it looks up. */
  @SuppressWarnings("ArrayRecordComponent") // the programs are never compared
  private record Program(String main, String jars, int from, int to, String... questions) {
    static Program asking(String main, String jars, int from, String... questions) {
      return new Program(main, jars, from, LAST, questions);
    }

    /** One name of its own, by InetAddress or as Netty asks. */
    static Program named(String main, String jars, int from, String label) {
      return asking(main, jars, from, label + ".here.example.test A");
    }

    /** Its vendor supports no later Java. */
    Program upTo(int java) {
      return new Program(main, jars, from, java, questions);
    }
  }

  private static final List<Program> PROGRAMS =
      List.of(
          Program.named("Jetty", "jetty", 8, "jetty"),
          Program.named("VertxHttp", "vertx-5", 11, "vertx"),
          Program.asking(
              "VertxNative",
              "vertx-5",
              11,
              "_vertx._tcp.example.test SRV",
              "vertx.here.example.test A"),
          Program.named("Redisson", "redisson", 8, "redisson"),
          Program.named("RabbitMq", "rabbitmq", 8, "rabbitmq"),
          Program.named("Nats", "nats", 8, "nats"),
          Program.named("ZooKeeper", "zookeeper", 8, "zookeeper"),
          Program.named("Cassandra", "cassandra", 8, "cassandra"),
          Program.named("Pulsar", "pulsar", 8, "pulsar"),
          Program.named("AwsApache", "aws", 8, "apache"),
          Program.named("AwsNetty", "aws", 8, "netty"),
          Program.named("MySql", "jdbc", 8, "mysql"),
          Program.asking(
              "MySqlSrv", "jdbc", 8, "_mysql._tcp.here.example.test SRV", "db.here.example.test A"),
          Program.asking(
              "GrpcSrv",
              "grpc",
              8,
              "_grpclb._tcp.grpc.here.example.test SRV",
              "balancer.here.example.test A"),
          Program.named("PostgreSql", "jdbc", 8, "postgresql"),
          Program.named("WebFlux", "webflux", 17, "webflux"),
          Program.named("Helidon", "helidon", 21, "helidon"),
          Program.named("Finagle", "finagle", 8, "finagle"),
          Program.named("JRuby", "jruby", 8, "jruby"),
          Program.named("ActiveMq", "activemq", 8, "activemq"),
          Program.named("Artemis", "artemis", 17, "artemis"),
          Program.named("Maven", "maven", 8, "maven"),
          Program.named("Elasticsearch", "elasticsearch", 8, "elasticsearch").upTo(8),
          Program.named("Payara", "payara", 8, "payara").upTo(8),
          Program.named("Karaf", "karaf", 8, "karaf").upTo(8),
          Program.named("Liberty", "liberty", 8, "liberty"),
          Program.named("TomEe", "tomee", 8, "tomee").upTo(17), // sets a Policy, JEP 486
          Program.named("WildFly", "wildfly", 17, "wildfly"));

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(ProgramsIT.class);
  }

  static Stream<Arguments> programs() {
    String some = System.getProperty("it.program"); // none: all
    return PROGRAMS.stream()
        .filter(program -> some == null || List.of(some.split(",")).contains(program.main))
        .flatMap(
            program ->
                Stream.of(8, 17, LAST)
                    .filter(java -> java >= program.from && java <= program.to)
                    .map(java -> Arguments.of(program.main, java, program)));
  }

  @ParameterizedTest(name = "{0} on Java {1}")
  @MethodSource("programs")
  void asWithoutTheAgent(String name, int version, Program program) {
    Optional<JavaHome> found = InstalledJdks.find(version);
    Assumptions.assumeTrue(found.isPresent(), InstalledJdks.missing(version));
    ChildJvm child = child(found.get(), program);
    List<Watched> runs = Watched.runAll(folder, child, child.jvmArgs(Watched.AGENT));
    Watched without = runs.get(0);
    Watched with = runs.get(1);
    assertEquals(List.of(name + " reached its server"), without.result().stdout(), "" + without);
    for (String question : program.questions) {
      assertTrue(without.leaked().contains(question), "it asks for " + question + ": " + without);
      assertTrue(with.asked().contains(question), question + " over TLS: " + with);
    }
    assertEquals(without.result().stdout(), with.result().stdout(), with::toString);
    assertEquals(without.result().exitCode(), with.result().exitCode(), with::toString);
    with.notLeaked();
  }

  /** The AWS Common Runtime: no agent can route its queries; they are reported or refused. */
  @ParameterizedTest(name = "Java {0}")
  @ValueSource(ints = {8, 17, 25})
  void aResolverInNativeCode(int version) {
    Optional<JavaHome> found = InstalledJdks.find(version);
    Assumptions.assumeTrue(found.isPresent(), InstalledJdks.missing(version));
    Program crt = Program.named("AwsCrt", "aws", 8, "crt");
    ChildJvm child = child(found.get(), crt);
    List<Watched> runs =
        Watched.runAll(
            folder,
            child,
            child.jvmArgs(Watched.AGENT),
            child.jvmArgs(Watched.AGENT, "-Ddotagent.bypass=block"));
    List<String> reached = List.of("AwsCrt reached its server");
    assertEquals(reached, runs.get(0).result().stdout(), runs.get(0)::toString);
    Watched routed = runs.get(1);
    assertEquals(reached, routed.result().stdout(), routed::toString);
    assertTrue(routed.leaked().contains(crt.questions[0]), routed::toString);
    String told = "software.amazon.awssdk.crt.io.HostResolver asks the system, in native code";
    assertTrue(
        routed.result().stderr().stream().anyMatch(line -> line.contains(told)), routed::toString);
    Watched blocked = runs.get(2);
    assertEquals(
        List.of("AwsCrt did not reach its server"), blocked.result().stdout(), blocked::toString);
    blocked.notLeaked();
  }

  private ChildJvm child(JavaHome java, Program program) {
    List<Path> path = new ArrayList<>(jars(program.jars));
    path.add(
        Sources.in(folder)
            .file("Main.java", source("Main"))
            .file(program.main + ".java", source(program.main))
            .with(path.toArray(Path[]::new))
            .release(program.from)
            .compile());
    return ChildJvm.of(java, "Main")
        .within(WITHIN)
        .classPath(path.toArray(Path[]::new))
        .jvmArgs("-Djava.net.preferIPv4Stack=true", "-Dit.verbose=true", "-Dit.folder=" + folder)
        .environment("WLP_USER_DIR", folder.toString()) // where Open Liberty writes
        .args(program.main, Integer.toString(SampleZone.SERVICE_PORT));
  }

  private static List<Path> jars(String of) {
    String folder = "programs/dot-agent-it-programs-" + of;
    Assumptions.assumeTrue(
        ThirdParty.has(folder), "its jars are not there: mvn -f it-tests/programs package");
    return ThirdParty.jars(folder);
  }

  private static String source(String name) {
    return Sources.resource("programs/" + name + ".java");
  }
}
