package io.github.dotagent.it.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code preferIPv6Addresses=system}: the order that getaddrinfo has on the same machine. */
class SystemOrderIT {
  private static final String IPV4 = "192.0.2.1";
  private static final String IPV6 = "2001:db8:0:0:0:0:0:1";

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(SystemOrderIT.class);
  }

  /** An address to which there is no way comes last (RFC 6724 §6, rule 1). */
  @EachJava(from = 11, one = true)
  void withoutARouteForIpv6(JavaHome java) {
    assertOrder(java, "ok " + IPV4 + " " + IPV6, SystemOrderScenario.IPV4);
  }

  /** IPv6 has the higher precedence (rule 6). */
  @EachJava(from = 11, one = true)
  void withBoth(JavaHome java) {
    assertOrder(
        java, "ok " + IPV6 + " " + IPV4, SystemOrderScenario.IPV4, SystemOrderScenario.IPV6);
  }

  private void assertOrder(JavaHome java, String expected, String... addressesOfLoopback) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network"))
            .addresses(addressesOfLoopback)
            .hosts(
                "127.0.0.1 localhost\n"
                    + SystemOrderScenario.IPV4
                    + " "
                    + SystemOrderScenario.NAME
                    + "\n"
                    + SystemOrderScenario.IPV6
                    + " "
                    + SystemOrderScenario.NAME
                    + "\n");
    List<String> said = InNamespace.run(SystemOrderScenario.class, network, java, folder);
    assertEquals(List.of(expected, expected), said);
  }
}
