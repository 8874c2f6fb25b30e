package io.github.dotagent.it.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the hosts file of either family, for programs that prefer one: as the JDK by itself. */
@Timeout(300)
class HostsFamiliesIT {
  /** getaddrinfo sorts their addresses (RFC 6724 §6); with the agent they stand as in the file. */
  private static final List<String> SORTED_BY_GLIBC =
      List.of("mapped-and-six", "four-and-loopback6", "block");

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(HostsFamiliesIT.class);
  }

  @EachJava(one = true)
  void asTheJdkByItself(JavaHome java) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network"))
            .addresses("198.51.100.1", "2001:db8:ffff::1")
            .resolvConf("nameserver 127.0.0.9\nsearch .\noptions timeout:1 attempts:1\n")
            .hosts(HostsFamiliesScenario.hosts());
    List<String> lines = InNamespace.run(HostsFamiliesScenario.class, network, java, folder);
    assertEquals(
        HostsFamiliesScenario.PREFERENCES.size() * HostsFamiliesScenario.LINES.size(),
        lines.size());
    List<String> different = lines.stream().filter(HostsFamiliesIT::isDifferent).toList();
    assertEquals(List.of(), different);
    List<String> loopback =
        lines.stream()
            .filter(line -> line.startsWith("[-Djava.net.preferIPv4Stack=true] loopback6|"))
            .toList();
    assertEquals(
        List.of("[-Djava.net.preferIPv4Stack=true] loopback6|ok 127.0.0.1|ok 127.0.0.1"), loopback);
  }

  /** A line of the scenario: what was looked up, what the JDK found, what the agent found. */
  private static boolean isDifferent(String line) {
    String[] parts = line.split("\\|");
    boolean sorted = SORTED_BY_GLIBC.stream().anyMatch(name -> parts[0].endsWith(" " + name));
    return sorted
        ? !Set.of(parts[1].split(" ")).equals(Set.of(parts[2].split(" ")))
        : !parts[1].equals(parts[2]);
  }
}
