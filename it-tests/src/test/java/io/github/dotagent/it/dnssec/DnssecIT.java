package io.github.dotagent.it.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What DNSSEC costs when it is off, and what it refuses, with a server that signs nothing. */
class DnssecIT {
  private static final Zone ZONE =
      Zone.builder()
          .soa("example.test", 300, 300)
          .addresses("www.example.test", 300, "192.0.2.1")
          .build();

  @TempDir Path folder;

  /** Classes are listed on stdout, between the answers of the program. */
  @EachJava(few = true)
  void nothingOfItIsLoadedWhenItIsOff(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE)) {
      String loaded = loaded(java, dot.agent());
      assertTrue(loaded.contains("io.github.dotagent.cache."), "classes are listed");
      assertFalse(loaded.contains("dotagent.dnssec."), loaded);
      assertFalse(loaded.contains("xbill.DNS.dnssec."), loaded);
    }
  }

  @EachJava(few = true)
  void theValidatorIsNotLoadedBeforeThereIsSomethingToCheck(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE)) {
      ChildJvm program =
          dot.agent()
              .set("dnssec", "validate")
              .on(ChildJvm.program(java, "EmptyProgram"))
              .jvmArgs("-verbose:class");
      String loaded = String.join("\n", program.run().stdout());
      assertFalse(loaded.contains("xbill.DNS.dnssec."), loaded);
      assertTrue(loaded.contains("dotagent.dnssec.DnssecPolicy"), "classes are listed");
      assertFalse(loaded.contains("dotagent.dnssec.Valid"), loaded);
      assertFalse(loaded.contains("xbill.DNS.DSRecord"), "the built-in anchors wait as well");
    }
  }

  private static String loaded(JavaHome java, Agent agent) {
    ChildJvm program =
        agent
            .on(ChildJvm.program(java, "LookupProgram"))
            .jvmArgs("-verbose:class")
            .args("byName", "www.example.test");
    return String.join("\n", program.run().stdout());
  }

  /** A server that knows no DNSSEC, and IANA's anchors: the root is signed, and this is not. */
  @EachJava(few = true)
  void withoutSignaturesThereIsNoAnswer(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE);
        RunningChild program = start(java, dot.agent().set("dnssec", "validate"))) {
      String said = program.ask("byName www.example.test");
      assertTrue(
          said.startsWith("failed java.net.UnknownHostException: www.example.test: no"), said);
      assertTrue(said.contains("sent a bogus answer") || said.contains("answered"), said);
    }
  }

  @EachJava(few = true)
  void withoutAdTheDomainsThatRequireItHaveNoAnswer(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE);
        RunningChild program =
            start(java, dot.agent().set("dnssec", "ad").set("dnssec.require", "example.test"))) {
      String said = program.ask("byName www.example.test");
      assertTrue(said.contains("no AD bit"), said);
      String library = program.ask("dns socket 127.0.0.1 www.example.test");
      assertTrue(library.startsWith("ok rcode 2, 0 answers"), library);
    }
  }

  @EachJava(few = true)
  void withoutAdOtherNamesAreAnswered(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE);
        RunningChild program = start(java, dot.agent().set("dnssec", "ad"))) {
      assertEquals("ok 192.0.2.1", program.ask("byName www.example.test"));
    }
  }

  private static RunningChild start(JavaHome java, Agent agent) {
    return agent.on(ChildJvm.program(java, "ManagedLookups")).start();
  }
}
