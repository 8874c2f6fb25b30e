package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The cost of a lookup with {@code mode=observe}, beside one without the agent: of a name that the
 * JVM's own cache has, and of one that the system resolver is asked for each time, while names are
 * compared in the background. The processor's time of the thread that looks up. In a network of its
 * own, whose hosts file has the names. Arguments: rounds of each pair of JVMs, and the Java to
 * take.
 */
public final class ObserveBenchmark {
  private static final String NAME = "dns.example";
  private static final String INSIDE = "inside";
  private static final int ROUNDS = 5; // odd, so that the median is one of them
  private static final int PAIRS = 3; // two JVMs of one kind differ by what they have inlined
  private static final int NAMES = 100;
  private static final String WARM_UP = " 6000"; // the JIT compiler is done within it
  private static final String TIMED = " 1000";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String[] UNCACHED = {
    "-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0"
  };

  /** The first touch of each page of a young generation of gigabytes costs more than a lookup. */
  private static final String[] SMALL_HEAP = {"-Xms64m", "-Xmx64m"};

  private ObserveBenchmark() {}

  public static void main(String[] args) throws IOException {
    String rounds = args.length == 0 ? Integer.toString(ROUNDS) : args[0];
    String java = args.length < 2 ? "17" : args[1];
    if (args.length == 3 && args[2].equals(INSIDE)) {
      inside(Integer.parseInt(rounds), InstalledJdks.find(Integer.parseInt(java)).get());
      return;
    }
    StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
    for (int i = 0; i < NAMES; i++) {
      hosts.append("192.0.2.1 n").append(i).append(".bench.example\n");
    }
    NetworkNamespace network =
        NetworkNamespace.in(Files.createTempDirectory("dot-agent-bench")).hosts(hosts.toString());
    ChildJvm.sameClassPath(ObserveBenchmark.class)
        .args(rounds, java, INSIDE)
        .inside(network)
        .within(PATIENCE)
        .run()
        .stdout()
        .forEach(System.out::println);
  }

  private static void inside(int rounds, JavaHome java) throws IOException {
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    TrustStores trust = authority.writeTrustStores(Files.createTempDirectory("dot-agent-bench"));
    Zone zone = Zone.builder().addresses("*.bench.example", 3600, "192.0.2.1").build();
    try (DotServer server =
        DotServer.start(zone, authority.issue(CertificateSpec.forNames(NAME)))) {
      String[] agent = {
        "-javaagent:" + BuiltAgent.jar(),
        "-Ddotagent.mode=observe",
        "-Ddotagent.hosts=off",
        "-Ddotagent.upstreams=" + server.upstream(NAME),
        "-Ddotagent.trustStore=" + trust.pem()
      };
      print("%s, medians of %d rounds, in turn, of %d pairs of JVMs", java, rounds, PAIRS);
      compare("hot: the JVM's own cache answers", rounds, child(java), child(java).jvmArgs(agent));
      compare(
          "new: the system resolver is asked",
          rounds,
          child(java).jvmArgs(UNCACHED),
          child(java).jvmArgs(UNCACHED).jvmArgs(agent));
    }
  }

  private static ChildJvm child(JavaHome java) {
    return ChildJvm.program(java, "CachedLookups")
        .asUsersStartIt()
        .jvmArgs(SMALL_HEAP)
        .within(PATIENCE);
  }

  private static void compare(String what, int rounds, ChildJvm stock, ChildJvm observed) {
    List<List<Double>> nanos = List.of(new ArrayList<>(), new ArrayList<>());
    for (int pair = 0; pair < PAIRS; pair++) {
      try (RunningChild without = stock.start();
          RunningChild with = observed.start()) {
        List<RunningChild> both = List.of(without, with);
        for (RunningChild child : both) {
          child.ask("time " + NAMES + " 1" + WARM_UP);
        }
        for (int round = 0; round < rounds; round++) {
          for (int i = 0; i < both.size(); i++) {
            nanos.get(i).add(Double.valueOf(both.get(i).ask("time " + NAMES + " 1" + TIMED)));
          }
        }
      }
    }
    double before = Median.of(nanos.get(0));
    double after = Median.of(nanos.get(1));
    print("  %s: %.0f ns, observed %.0f ns (x %.3f)", what, before, after, after / before);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
