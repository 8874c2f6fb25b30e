package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MBeans: there once the program has a server for them, and right in what they say. */
@Timeout(180)
class JmxIT {
  private static final String NAME = "www.example.test";
  private static final Zone ZONE =
      Zone.builder()
          .soa("example.test", 300, 300)
          .addresses(NAME, 300, "192.0.2.1", "2001:db8::1")
          .addresses("short.example.test", 1, "192.0.2.1", "2001:db8::1")
          .servfail("broken.example.test", 22, "nobody there")
          .build();

  @TempDir Path folder;

  @EachJava
  void whatTheyTell(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE)) {
      Agent agent = dot.agent().set("pins", dot.certificate.pin());
      try (RunningChild program = start(java, agent)) {
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
        assertEquals("ok 0", program.ask("servers"), "none is made by us");
        Beans beans = new Beans(program, dot.upstream());
        beans.await();
        assertEquals("1 0 2 0", figures(beans));

        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
        assertEquals("2 2 2 0", figures(beans));
        assertEquals("2", beans.resolver("FailuresServerFailure") + beans.count("CacheSize"), "x");
      }
    }
  }

  /** Lookups, hits, misses, stale answers. */
  private static String figures(Beans beans) {
    return beans.count("Lookups")
        + " "
        + beans.count("Hits")
        + " "
        + beans.count("Misses")
        + " "
        + beans.count("StaleAnswers");
  }

  private static RunningChild start(JavaHome java, Agent agent) {
    return agent.uncachedOn(ChildJvm.program(java, "ManagedLookups")).start();
  }
}
