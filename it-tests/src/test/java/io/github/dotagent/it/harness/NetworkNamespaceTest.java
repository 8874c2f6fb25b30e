package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamespaceTest {
  @TempDir Path folder;

  @BeforeEach
  void assumeAvailable() {
    NetworkNamespace.whyUnavailable().ifPresent(reason -> Assumptions.assumeTrue(false, reason));
  }

  @EachJava
  void theWitnessSeesEachQueryInTheClear(JavaHome java) {
    NetworkNamespace network =
        NetworkNamespace.in(folder)
            .hosts("127.0.0.1 localhost\n192.0.2.7 from-hosts.test\n")
            .addresses("1.1.1.1", "2606:4700:4700::1111");
    ChildResult result =
        ChildJvm.sameClassPath(WitnessScenario.class)
            .args(java.folder().toString(), Integer.toString(java.major()))
            .inside(network)
            .run()
            .quiet();
    assertEquals(
        List.of("ok 192.0.2.4", "ok 192.0.2.7", "seen four.example.test A"), result.stdout());
  }
}
