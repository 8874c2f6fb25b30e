package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code mode=observe} where the system resolver and the servers know different names. */
class ObserveIT {
  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(ObserveIT.class);
  }

  @EachJava(one = true)
  void differencesOfASplitViewAreReported(JavaHome java) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network")).hosts(ObserveScenario.hosts());
    assertEquals(
        List.of(
            "answers as without the agent: 40 of 40",
            "JVM cache as without the agent: true",
            "same 7, other addresses 3, only system 10, only TLS 20",
            "only the system knows: corp.test: 10 names, 10 lookups, such as db0.corp.test,"
                + " db1.corp.test, db2.corp.test",
            "only TLS knows: new.test: 20 names, 20 lookups, such as n0.new.test, n1.new.test,"
                + " n10.new.test",
            "other addresses: cdn.test: 3 names, 3 lookups, such as c0.cdn.test, c1.cdn.test,"
                + " c2.cdn.test",
            "-Ddotagent.system.suffixes=+corp.test",
            "would have failed 10, with the line 0",
            "observe 20, in the clear 40",
            "said at the start: true",
            "without the line 10 of 40 fail",
            "with the line 0 of 40 fail"),
        InNamespace.run(ObserveScenario.class, network, java, folder));
  }
}
