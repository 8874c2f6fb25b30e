package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** The program sets socket factories; the agent's sockets do not come from them. */
class SocketFactoryIT {
  /** The agent looks every five seconds whether sockets are still patched. */
  private static final int LOOKS_AGAIN_SECONDS = 6;

  @TempDir Path folder;

  @EachJava
  void isNotUsedForTheAgentsSockets(JavaHome java) throws InterruptedException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent().uncachedOn(ChildJvm.program(java, "ManagedLookups")).start()) {
      dot.server.faults().closeIdle(Duration.ofMillis(300));
      assertEquals("ok 192.0.2.9", program.ask("byName one.many.example.test"));
      assertEquals("ok set", program.ask("factories"));
      dot.server.log().awaitClosed(1, Duration.ofMinutes(1));
      assertEquals("ok 192.0.2.9", program.ask("byName two.many.example.test"));
      TimeUnit.SECONDS.sleep(LOOKS_AGAIN_SECONDS);
      assertEquals("ok []", program.ask("made"));

      String refused = program.ask("dns tcp 127.0.0.2 www.example.test");
      assertTrue(refused.contains("the program's factory makes none"), refused);
      assertEquals("ok [main]", program.ask("made"));
      program.finish().quiet();
    }
  }
}
