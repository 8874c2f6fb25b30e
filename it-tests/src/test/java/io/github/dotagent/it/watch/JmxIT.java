package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** MBeans: there once the program has a server for them, and right in what they say. */
class JmxIT {
  private static final String NAME = "www.example.test";
  private static final Zone ZONE =
      Zone.builder()
          .soa("example.test", 300, 300)
          .addresses(NAME, 300, "192.0.2.1", "2001:db8::1")
          .addresses("short.example.test", 1, "192.0.2.1", "2001:db8::1")
          .servfail("broken.example.test", 22, "nobody there")
          .build();

  private static final String RESOLVER_ATTRIBUTES =
      "[AnswersCache, AnswersHosts, AnswersLiteral, AnswersLoopback, AnswersNone, AnswersObserve,"
          + " AnswersOpportunistic, AnswersStale, AnswersSystem, AnswersUpstream, AnswersZone,"
          + " BypassesSeen, CacheMaxEntries, CacheSize, ClearSuffixes, Coalesced, FailuresBogus,"
          + " FailuresMalformed, FailuresServerFailure, FailuresTimeout, FailuresUnreachable,"
          + " FailuresUntrusted, Hits, Hook, HookInPlace, HookLosses, InsecureAnswers,"
          + " JvmCachePolicy, LastErrors, LogLevel, Lookups, MayHaveBeenInClear, Misses, Mode,"
          + " NamesInClear, ObservedBeyond, ObservedBySettings, ObservedLines, ObservedOnlySystem,"
          + " ObservedOnlyTls, ObservedOtherAddresses, ObservedOtherScope, ObservedSame,"
          + " ObservedSuffixes, ObservedTlsFails, ObservedWaiting, PinMismatches, Pins, Prefetches,"
          + " Profile, SecureAnswers, Settings, SettingsChanges, SettingsFiles, SettingsInForce,"
          + " SettingsProblem, SettingsReadAt, StaleAnswers, Version, WouldHaveFailed,"
          + " WouldStillFail]";

  private static final String UPSTREAM_ATTRIBUTES =
      "[Address, CertificateDaysLeft, ClientCertificate, ClientCertificateDaysLeft, Connections,"
          + " Failures, LastError, MatchedPin, PinsSet, PresentedPins, Queries, QueriesInFlight,"
          + " RoundTripMillis, State, TlsVersion, Zone]";

  @TempDir Path folder;

  @EachJava
  void theMBeansShowTheStateOfTheAgent(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE)) {
      Agent agent = dot.agent().set("pins", dot.certificate.pin()).set("cache.maxEntries", "500");
      try (RunningChild program = start(java, agent)) {
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
        assertEquals("ok 0", program.ask("servers"), "we make none");
        Beans beans = new Beans(program, dot.upstream());
        beans.await();
        showsTheSettingsInForce(beans, java);
        lookupsThatSucceed(beans);
        lookupsThatFail(beans);
        flushes(beans, dot);
        aWrongPin(beans, dot);
        serversThatAreAway(beans, dot);
        assertTrue(
            program.finish().stderr().stream()
                .allMatch(
                    line -> line.contains(dot.upstream()) || line.contains("no upstream is left")),
            "nothing but what the test did");
      }
    }
  }

  private static void showsTheSettingsInForce(Beans beans, JavaHome java) {
    assertEquals(RESOLVER_ATTRIBUTES, beans.attributesOfResolver());
    assertEquals(UPSTREAM_ATTRIBUTES, beans.attributesOfServer());
    assertEquals(System.getProperty("it.version"), beans.resolver("Version"));
    assertEquals("strict", beans.resolver("Profile"));
    assertEquals("1, enforce", beans.resolver("Pins"));
    assertEquals("JVM cache 0 s, negative 0 s", beans.resolver("JvmCachePolicy"));
    String hook = java.major() < 18 ? "InetAddress patched" : "InetAddressResolverProvider";
    assertEquals(hook, beans.resolver("Hook"));
    assertEquals("true", beans.resolver("HookInPlace"));
    assertEquals(0, beans.count("HookLosses"));
    assertEquals(500, beans.count("CacheMaxEntries"));
    assertEquals("", beans.resolver("BypassesSeen"));
  }

  private static void lookupsThatSucceed(Beans beans) {
    assertEquals("1 lookups, 0 hits, 2 misses", figures(beans));
    assertEquals("ok 192.0.2.1", beans.program().ask("byName " + NAME));
    assertEquals("2 lookups, 2 hits, 2 misses", figures(beans));
    assertEquals(1, beans.count("AnswersUpstream"));
    assertEquals(1, beans.count("AnswersCache"));
    assertEquals(0, beans.count("MayHaveBeenInClear"));
    assertEquals("", beans.resolver("ClearSuffixes"));
    assertEquals(1, beans.count("CacheSize"));
    assertEquals(beans.upstream(), beans.server("Address"));
    assertEquals("in use", beans.server("State"));
    assertEquals("1", beans.server("Connections"));
    assertEquals("0", beans.server("QueriesInFlight"));
    assertEquals("2", beans.server("Queries"));
    assertEquals("0", beans.server("Failures"));
    assertEquals("TLSv1.3", beans.server("TlsVersion"));
    assertEquals("not asked for", beans.server("ClientCertificate"));
    assertEquals("", beans.server("LastError"));
    double roundTrip = Double.parseDouble(beans.server("RoundTripMillis"));
    assertTrue(roundTrip > 0 && roundTrip < 5_000, "milliseconds: " + roundTrip);
  }

  private static void lookupsThatFail(Beans beans) {
    assertTrue(beans.program().ask("why nobody.example.test").contains("NXDOMAIN"));
    assertEquals(0, failures(beans), "it is an answer");
    assertEquals("", beans.resolver("LastErrors"));
    assertTrue(beans.program().ask("why broken.example.test").contains("SERVFAIL"));
    assertEquals(1, beans.count("FailuresServerFailure"));
    String last = beans.resolver("LastErrors");
    assertTrue(
        last.matches("2\\d{3}-\\d\\d-\\d\\dT[\\d:.]+Z broken\\.example\\.test: no answer .*"),
        last);
    assertEquals("0", beans.server("Failures"), "it is the name that fails");
  }

  private static void flushes(Beans beans, DotUpstream dot) {
    beans.program().ask("byName short.example.test");
    dot.server.log().forgetQueries();
    beans.flush(NAME.toUpperCase(Locale.ROOT) + ".");
    assertEquals("ok 192.0.2.1", beans.program().ask("byName " + NAME));
    assertEquals(Set.of(NAME + " A", NAME + " AAAA"), dot.questions());
    beans.flush();
    assertEquals(0, beans.count("CacheSize"));
    assertEquals("ok 192.0.2.1", beans.program().ask("byName short.example.test"));
  }

  private static void aWrongPin(Beans beans, DotUpstream dot) {
    assertEquals(dot.certificate.pin(), beans.server("MatchedPin"));
    assertTrue(beans.server("PresentedPins").startsWith(dot.certificate.pin() + " | "));
    ServerCertificate other = dot.otherCertificate();
    dot.server.present(other);
    dot.server.dropConnections();
    assertTrue(beans.program().ask("why one.example.test").contains("pin mismatch"));
    assertEquals(1, beans.count("FailuresUntrusted"));
    assertTrue(beans.count("PinMismatches") >= 1);
    assertEquals("untrusted", beans.server("State"));
    assertEquals("", beans.server("MatchedPin"));
    assertTrue(beans.server("PresentedPins").startsWith(other.pin() + " | "));
    assertTrue(beans.server("LastError").contains("Z pin mismatch (presented " + other.pin()));
    assertTrue(Integer.parseInt(beans.server("Failures")) >= 1);

    dot.server.present(dot.certificate);
    assertTrue(beans.program().ask("why one.example.test").contains("NXDOMAIN"));
    assertEquals("in use", beans.server("State"));
    assertEquals(dot.certificate.pin(), beans.server("MatchedPin"));
  }

  /** A known name is answered past its TTL; an unknown one fails. */
  private static void serversThatAreAway(Beans beans, DotUpstream dot) {
    dot.server.close();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); // its TTL is 1 s
    while (beans.count("StaleAnswers") == 0 && System.nanoTime() - end < 0) {
      assertEquals("ok 192.0.2.1", beans.program().ask("byName short.example.test"));
    }
    assertTrue(beans.count("StaleAnswers") > 0);
    assertTrue(beans.program().ask("why two.example.test").contains("connection refused"));
    assertEquals(1, beans.count("FailuresUnreachable"));
    assertEquals("unreachable", beans.server("State"));
    assertEquals("0", beans.server("Connections"));
    assertEquals(3, failures(beans));
  }

  private static long failures(Beans beans) {
    return beans.count("FailuresUntrusted")
        + beans.count("FailuresBogus")
        + beans.count("FailuresMalformed")
        + beans.count("FailuresServerFailure")
        + beans.count("FailuresUnreachable")
        + beans.count("FailuresTimeout");
  }

  private static String figures(Beans beans) {
    return beans.count("Lookups")
        + " lookups, "
        + beans.count("Hits")
        + " hits, "
        + beans.count("Misses")
        + " misses";
  }

  @EachJava(few = true)
  void withJmxFalseNoMBeansAreRegistered(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, ZONE);
        RunningChild program = start(java, dot.agent().set("jmx", "false"))) {
      assertEquals("ok []", program.ask("names io.github.dotagent:*"));
      program.ask("idle 4000"); // two looks, had there been any
      assertEquals("ok []", program.ask("names io.github.dotagent:*"));
      program.finish().quiet();
    }
  }

  /**
   * A program that may use JMX sees our MBeans, and may empty the caches with no more than that.
   */
  @EachJava(from = 8, to = 17, few = true)
  void underASecurityManager(JavaHome java) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("program.policy"),
            "grant { permission java.net.SocketPermission \"*\", \"resolve\";"
                + " permission javax.management.MBeanServerPermission \"*\";"
                + " permission javax.management.MBeanPermission \"*\", \"*\"; };");
    try (DotUpstream dot = DotUpstream.start(folder, ZONE);
        RunningChild program =
            start(
                java, dot.agent(), "-Djava.security.manager", "-Djava.security.policy=" + policy)) {
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      Beans beans = new Beans(program, dot.upstream());
      beans.await();
      assertEquals(1, beans.count("CacheSize"));
      beans.flush();
      assertEquals(0, beans.count("CacheSize"));
      assertEquals("in use", beans.server("State"));
    }
  }

  private static RunningChild start(JavaHome java, Agent agent, String... jvmArgs) {
    return agent.uncachedOn(ChildJvm.program(java, "ManagedLookups")).jvmArgs(jvmArgs).start();
  }
}
