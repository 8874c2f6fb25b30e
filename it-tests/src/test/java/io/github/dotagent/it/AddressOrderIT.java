package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

/** Addresses come back in the order that the JDK's own properties ask for. */
class AddressOrderIT {
  private static final String IPV4 = "192.0.2.1 192.0.2.2";
  private static final String IPV6 = "2001:db8:0:0:0:0:0:1";
  private static final String PREFER_IPV6 = "-Djava.net.preferIPv6Addresses=";

  @TempDir Path folder;

  /** The other family is not even asked for. */
  @EachJava
  void ipv4StackAlone(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      assertEquals("ok " + IPV4, all(java, dot, "-Djava.net.preferIPv4Stack=true"));
      assertEquals(Set.of("www.example.test A"), dot.questions());
    }
  }

  @EachJava(one = true)
  void ipv4First(JavaHome java) {
    assertOrder(java, IPV4 + " " + IPV6, PREFER_IPV6 + "false");
  }

  @EachJava(one = true)
  void ipv6First(JavaHome java) {
    assertOrder(java, IPV6 + " " + IPV4, PREFER_IPV6 + "true");
  }

  private void assertOrder(JavaHome java, String addresses, String jvmArg) {
    Assumptions.assumeTrue(Ipv6OfThisMachine.PRESENT, Ipv6OfThisMachine.ABSENT);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      assertEquals("ok " + addresses, all(java, dot, jvmArg));
      assertEquals(Set.of("www.example.test A", "www.example.test AAAA"), dot.questions());
    }
  }

  private static String all(JavaHome java, DotUpstream dot, String jvmArg) {
    ChildResult result =
        dot.agent()
            .on(ChildJvm.program(java, "LookupProgram"))
            .jvmArgs(jvmArg)
            .args("allByName", "www.example.test")
            .run()
            .quiet();
    assertEquals(1, result.stdout().size(), result.toString());
    return result.stdout().get(0);
  }
}
