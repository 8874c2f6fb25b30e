package io.github.dotagent.it.shape;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.shape.ResponseShapes;
import java.nio.file.Path;

/**
 * Runs in a network of its own, whose name server answers in every shape over UDP and TCP. Prints
 * what the JDK made of each by itself, without the agent.
 */
final class StockScenario {
  /** Some of them wait for a timeout. */
  private static final int AT_A_TIME = 16;

  private static final String SERVER = "127.0.0.1";

  private StockScenario() {}

  /**
   * One try of a second, so that what glibc never takes for an answer is soon given up. With an
   * address of each family that is not loopback's, for without one the JDK asks for IPv4 alone.
   */
  static NetworkNamespace network(Path folder) {
    return NetworkNamespace.in(folder)
        .addresses("198.51.100.1", "2001:db8:ffff::1")
        .resolvConf("nameserver " + SERVER + "\nsearch .\noptions timeout:1 attempts:1\n")
        .hosts("127.0.0.1 localhost\n");
  }

  /** The arguments: a java home, its major version, a folder. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    try (Port53Witness server = Port53Witness.responding(ResponseShapes::respond, SERVER, 53)) {
      ChildJvm program = ChildJvm.program(java, "ManyLookups").jvmArgs(ShapeLookups.UNCACHED);
      ShapeLookups.run(program, AT_A_TIME).forEach(System.out::println);
      if (server.sightings().isEmpty()) {
        throw new IllegalStateException("another server was asked, or none");
      }
    }
  }
}
