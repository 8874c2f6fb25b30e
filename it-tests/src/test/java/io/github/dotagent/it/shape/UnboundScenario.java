package io.github.dotagent.it.shape;

import io.github.dotagent.it.RealServer;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.shape.ShapesAndTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs in a network of its own, whose name server is an Unbound that forwards to the server that
 * answers in every shape. Prints what the JDK made of each by itself, without the agent.
 */
final class UnboundScenario {
  private static final String UNBOUND = "127.0.0.1";
  private static final String SERVER = "127.0.0.2";
  private static final Duration WITHIN = Duration.ofMinutes(2); // the start on a slow machine

  /** The server takes a question about an alias's target for one about the shape before it. */
  private static final int AT_A_TIME = 1;

  /**
   * Unbound's defaults, but for what would keep it from the server, and without a cache or
   * validation. The server always answers: with Unbound's own limits, 376 ms and then 50, a slow
   * machine would look like a server that does not.
   */
  private static final String CONFIGURATION =
      """
      server:
        interface: %1$s@53
        do-daemonize: no
        use-syslog: no
        chroot: ""
        username: ""
        pidfile: ""
        directory: "%3$s"
        module-config: "iterator"
        qname-minimisation: no
        do-not-query-localhost: no
        local-zone: "test." nodefault
        unknown-server-time-limit: 10000
        infra-cache-min-rtt: 10000
      remote-control:
        control-enable: no
      forward-zone:
        name: "."
        forward-addr: %2$s@53
        forward-no-cache: yes
      """;

  private UnboundScenario() {}

  /** glibc's longest time, so that Unbound gives a shape up, and glibc no answer of Unbound's. */
  static NetworkNamespace network(Path folder) {
    return StockScenario.network(folder)
        .resolvConf("nameserver " + UNBOUND + "\nsearch .\noptions timeout:30 attempts:1\n");
  }

  /** The arguments: a java home, its major version, a folder. */
  public static void main(String[] args) throws IOException {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    Path folder = Path.of(args[2]);
    Path file = folder.resolve("unbound.conf");
    Files.writeString(file, CONFIGURATION.formatted(UNBOUND, SERVER, folder));
    String unbound = RealServer.UNBOUND.binary().orElseThrow().toString();
    try (Port53Witness server =
            Port53Witness.responding(new ShapesAndTargets()::respond, SERVER, 53);
        RunningChild resolver =
            RunningChild.of(List.of(unbound, "-d", "-c", file.toString()), WITHIN)) {
      resolver.awaitLine(RealServer.UNBOUND.ready());
      ChildJvm program = ChildJvm.program(java, "ManyLookups").jvmArgs(ShapeLookups.UNCACHED);
      ShapeLookups.run(program, AT_A_TIME).forEach(System.out::println);
      if (server.sightings().isEmpty()) {
        throw new IllegalStateException("another server was asked, or none");
      }
    }
  }
}
