package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sockets of TCP are patched once the first of UDP is there: a program that opens that one, and at
 * once asks over TCP, is not quicker. At the start of a JVM, where everything is loaded at a time.
 */
class FirstDatagramIT {
  private static final String SERVER = "127.0.0.2"; // no server listens there

  @TempDir Path folder;

  @EachJava(every = true)
  void aTcpQueryRightAfterTheFirstDatagramGoesOverTls(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      List<String> said =
          dot.agent()
              .set("bypass", "block")
              .on(ChildJvm.program(java, "OwnDns"))
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .args(SERVER, "firstDatagram", "www.example.test")
              .run()
              .stdout();
      assertEquals(List.of("firstDatagram rcode 0, 2 answers from /" + SERVER + ":53"), said);
    }
  }
}
