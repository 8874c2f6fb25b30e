package io.github.dotagent.it.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the hosts file of either family, for programs that prefer one: as the JDK by itself. */
@Timeout(300)
class HostsFamiliesIT {
  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(HostsFamiliesIT.class);
  }

  @EachJava(every = true)
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
    List<String> different =
        lines.stream().filter(line -> !line.split("\\|")[1].equals(line.split("\\|")[2])).toList();
    assertEquals(List.of(), different);
    List<String> loopback =
        lines.stream()
            .filter(line -> line.startsWith("[-Djava.net.preferIPv4Stack=true] loopback6|"))
            .toList();
    assertEquals(
        List.of("[-Djava.net.preferIPv4Stack=true] loopback6|ok 127.0.0.1|ok 127.0.0.1"), loopback);
  }
}
