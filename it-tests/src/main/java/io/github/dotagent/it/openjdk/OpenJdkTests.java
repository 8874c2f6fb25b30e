package io.github.dotagent.it.openjdk;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs tests of a checkout of OpenJDK by jtreg, without the agent and with it, and says which ended
 * otherwise. Both runs are in a network of their own; without the agent the name server there has
 * the same zone as the agent's. Arguments: jtreg's home, a JDK, the checkout's {@code test/jdk}, a
 * folder to write to, and tests below {@code test/jdk}, such as {@code java/net/InetAddress}.
 */
public final class OpenJdkTests {
  private static final String NAME = "dns.example";
  private static final String INSIDE = "inside";
  private static final Duration WITHIN = Duration.ofHours(6); // all of java.net, twice

  /** No name but its SOA's: every other one does not exist, on either side. */
  private static final Zone NOTHING = Zone.builder().soa(".", 60, 60).build();

  private final Path jtreg;
  private final Path jdk;
  private final Path tests;
  private final Path folder;
  private final List<String> which;

  private OpenJdkTests(String... args) {
    this.jtreg = Path.of(args[0]);
    this.jdk = Path.of(args[1]);
    this.tests = Path.of(args[2]);
    this.folder = Path.of(args[3]).toAbsolutePath();
    this.which = List.of(args).subList(4, args.length);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals(INSIDE)) {
      ExitWithParent.watch();
      new OpenJdkTests(Arrays.copyOfRange(args, 1, args.length)).compare();
      System.exit(0);
    }
    Path network = Files.createDirectories(Path.of(args[3]).toAbsolutePath()).resolve("network");
    String hosts =
        "127.0.0.1 localhost\n::1 localhost\n127.0.0.1 "
            + InetAddress.getLocalHost().getHostName()
            + "\n";
    ChildResult result =
        ChildJvm.sameClassPath(OpenJdkTests.class)
            .args(INSIDE)
            .args(args)
            .inside(NetworkNamespace.in(network).hosts(hosts))
            .within(WITHIN)
            .run();
    result.stdout().forEach(System.out::println);
    result.stderr().forEach(System.err::println);
    System.exit(result.exitCode());
  }

  private void compare() throws IOException, InterruptedException {
    Map<String, String> without = without();
    Map<String, String> with = with();
    TestResults.differences(without, with).forEach(System.out::println);
    System.out.println("without the agent: " + TestResults.counts(without));
    System.out.println("with the agent: " + TestResults.counts(with));
  }

  private Map<String, String> without() throws IOException, InterruptedException {
    try (Port53Witness server = Port53Witness.answering(NOTHING, "127.0.0.1", 53)) {
      Map<String, String> results = run("without", List.of());
      System.out.println("asked in the clear without the agent: " + questions(server));
      return results;
    }
  }

  private Map<String, String> with() throws IOException, InterruptedException {
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    try (DotServer dot = DotServer.start(NOTHING, authority.issue(CertificateSpec.forNames(NAME)));
        Port53Witness server = Port53Witness.answering(NOTHING, "127.0.0.1", 53)) {
      Path trust = authority.writeTrustStores(folder).pem();
      Path settings = folder.resolve("agent.properties");
      Files.writeString(
          settings, "upstreams=" + dot.upstream(NAME) + "\ntrustStore=" + trust + "\n");
      Map<String, String> results =
          run("with", List.of("-javaoption:-javaagent:" + BuiltAgent.jar() + "=" + settings));
      System.out.println("asked in the clear with the agent: " + questions(server));
      return results;
    }
  }

  private static Set<String> questions(Port53Witness server) {
    Set<String> seen = new TreeSet<>();
    server.sightings().stream().map(Sighting::question).forEach(seen::add);
    return seen;
  }

  private Map<String, String> run(String name, List<String> more)
      throws IOException, InterruptedException {
    Path report = folder.resolve(name);
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.resolve("bin").resolve("java").toString(),
                "-jar",
                jtreg.resolve("lib").resolve("jtreg.jar").toString(),
                "-jdk:" + jdk,
                "-w:" + report.resolve("work"),
                "-r:" + report.resolve("report"),
                "-automatic",
                "-ignore:quiet",
                "-agentvm",
                "-concurrency:2",
                "-exclude:" + tests.resolve("ProblemList.txt"),
                "-keywords:!headful&!intermittent",
                "-timeoutFactor:2"));
    command.addAll(more);
    which.forEach(test -> command.add(tests.resolve(test).toString()));
    Files.createDirectories(report);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(report.resolve("output.txt").toFile())
            .start();
    process.getOutputStream().close();
    process.waitFor(); // the bound is the namespace's
    return TestResults.read(report.resolve("report").resolve("text").resolve("summary.txt"));
  }
}
