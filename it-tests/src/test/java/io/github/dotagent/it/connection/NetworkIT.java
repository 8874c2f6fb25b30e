package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server that is known by its name, and a network that goes away and comes back. */
class NetworkIT {
  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(NetworkIT.class);
  }

  @EachJava(few = true)
  void goesAwayAndComesBack(JavaHome java) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network")).hosts("127.0.0.1 localhost\n");
    List<String> said = InNamespace.run(NetworkScenario.class, network, java, folder);
    assertEquals(
        List.of(
            "by name: 0 of 40 failed",
            "in the clear [dns.example A, dns.example AAAA]",
            "away: 4 of 4 failed",
            "back: 0 of 4 failed",
            "soon",
            "without IPv6: 0 of 150 failed",
            "left alone"),
        said);
  }
}
