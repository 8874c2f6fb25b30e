package io.github.dotagent.it.names;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;

/**
 * Runs in a network of its own, whose hosts file has the same addresses as the server over TLS.
 * Prints their order with the agent, then as the JDK has it without, from {@code getaddrinfo}.
 */
final class SystemOrderScenario {
  static final String NAME = "two.example.test";
  static final String IPV4 = "192.0.2.1";
  static final String IPV6 = "2001:db8::1";

  private static final Zone ZONE = Zone.builder().addresses(NAME, 60, IPV4, IPV6).build();

  private SystemOrderScenario() {}

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    try (DotUpstream dot = DotUpstream.start(Path.of(args[2]), ZONE)) {
      ChildJvm program =
          ChildJvm.program(java, "LookupProgram")
              .jvmArgs("-Djava.net.preferIPv6Addresses=system")
              .args("allByName", NAME);
      // the hosts file would come first with the agent, too
      dot.agent().set("hosts", "off").on(program).run().stdout().forEach(System.out::println);
      program.run().stdout().forEach(System.out::println);
    }
  }
}
