package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The sources of settings, and the effect of a wrong one: one line, and no program. */
class SettingsIT {
  /** No lookup is made: a JVM that does not end by then waits for something. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(90);

  /** If a wrong setting passes, no query may leave the machine. */
  private static final Agent NOWHERE = Agent.bare().set("upstreams", "127.0.0.1@1#dns.example");

  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

  @TempDir Path folder;

  @EachJava(one = true)
  void aWrongSystemProperty(JavaHome java) {
    String pin = SpkiPins.ofNobody();
    assertRefused(java, "upstreams", "1.1.1.1:853", "1.1.1.1@853");
    assertRefused(java, "upstreams", "dns.example@port", "1 to 65535");
    assertRefused(java, "pins", pin.substring(0, pin.length() - 4), "sha256/");
    assertRefused(java, "timeout", "5", "5s");
    assertRefused(java, "trustStore", folder.resolve("none.pem").toString(), "there is no file");
    assertRefused(java, "auth", "pins", "dotagent.pins=");
    assertRefused(java, "profile", "optimistic", "opportunistic");
    assertRefused(java, "upstream", "1.1.1.1", "dotagent.upstreams");
    assertRefused(java, "log.level", "verbose", "debug");
    assertRefused(java, "cache.maxEntries", "many", "100000");
    assertRefused(java, "system.singleLabel", "yes", "true");
    assertRefused(java, "install", "", "abort");
  }

  @EachJava
  void allMistakesOfAStart(JavaHome java) {
    ChildResult result =
        NOWHERE
            .set("bypass", "on")
            .set("timeout", "5")
            .on(program(java))
            .environment("dotagent_upstreams", "192.0.2.1")
            .environment("DOTAGENT_PORT", "tcp://10.0.0.1:853") // a service of that name
            .run();
    assertEquals(1, result.exitCode(), result.toString());
    assertEquals(List.of(), result.stdout(), "the program did not run");
    assertEquals(
        List.of(
            "dot-agent: the JVM does not start: 3 settings are wrong:",
            "  dotagent_upstreams=192.0.2.1 (environment): there is no such setting; did you mean"
                + " DOTAGENT_UPSTREAMS?",
            "  dotagent.timeout=5 (system property): is not a duration: a whole number and ms, s,"
                + " m, h or d; did you mean 5s?",
            "  dotagent.bypass=on (system property): must be route, report, block or off; write"
                + " for example route"),
        result.stderr());
  }

  /** Logged at the start, and not by every lookup. */
  @EachJava(one = true)
  void aTrustStoreThatIsNone(JavaHome java) throws Exception {
    TrustStores good = TestAuthority.create(Instant.now(), 1).writeTrustStores(folder);
    Path words = Files.writeString(folder.resolve("words.txt"), "no store of any kind\n");
    Path damaged = folder.resolve("damaged.pem");
    Files.writeString(damaged, Files.readString(good.pem()).replace("-----\nM", "-----\n#"));
    assertTrustRefused(java, words, "holds no certificate: it is neither PEM nor", Map.of());
    assertTrustRefused(java, damaged, "holds a certificate that is damaged, number 1", Map.of());
    Map<String, String> wrong = Map.of("trustStorePassword", "wrong");
    String password = "the password is wrong, or it is damaged; correct dotagent.trustStoreP";
    assertTrustRefused(java, good.pkcs12(), password, wrong);
    assertTrustRefused(java, good.jks(), password, wrong);
  }

  /** Failures for which the JDK has no message, or another one on each Java. */
  @EachJava(few = true)
  void aTrustStoreOfTheWrongKind(JavaHome java) throws Exception {
    TrustStores good = TestAuthority.create(Instant.now(), 1).writeTrustStores(folder);
    String pem = Files.readString(good.pem());
    Path key = Files.writeString(folder.resolve("key.pem"), pem + KEY);
    assertTrustRefused(java, key, "holds a private key", Map.of());
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertTrustRefused(java, empty, "is empty", Map.of());
    byte[] jks = Files.readAllBytes(good.jks());
    Path half = Files.write(folder.resolve("half.jks"), Arrays.copyOf(jks, jks.length / 2));
    assertTrustRefused(java, half, "is damaged", Map.of());
    Map<String, String> named = Map.of("trustStoreType", "PKCS12");
    assertTrustRefused(java, good.pem(), "write dotagent.trustStoreType=PEM", named);
    Path pipe = folder.resolve("pipe.pem");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    assertTrustRefused(java, pipe, "is a pipe or a device", Map.of());
    // it never ends: reading it all would take the memory
    assertTrustRefused(java, Path.of("/dev/zero"), "is a pipe or a device", Map.of());
    Path huge = folder.resolve("huge.pem");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 32); // sparse
    }
    assertTrustRefused(java, huge, "is larger than 16 MB", Map.of());
  }

  private static void assertTrustRefused(
      JavaHome java, Path store, String why, Map<String, String> more) {
    Agent agent = NOWHERE.set("trustStore", store.toString());
    for (Map.Entry<String, String> setting : more.entrySet()) {
      agent = agent.set(setting.getKey(), setting.getValue());
    }
    ChildResult result = agent.on(program(java)).run();
    assertOneLine(result, "the JVM does not start: trust store " + store, why);
  }

  @EachJava(one = true)
  void aWrongVariable(JavaHome java) {
    ChildResult result =
        NOWHERE.on(program(java)).environment("DOTAGENT_CACHE_MAXTTL", "1 day").run();
    assertOneLine(result, "DOTAGENT_CACHE_MAXTTL=1 day", "1d");
  }

  @EachJava(one = true)
  void aWrongFile(JavaHome java) throws IOException {
    Path file = Files.writeString(folder.resolve("dot-agent.properties"), "pins.mode=warn\n");
    ChildResult result = nowhere(java).jvmArgs(withFile(file)).run();
    assertOneLine(result, "pins.mode=warn", file.toString(), "report");

    Path missing = folder.resolve("missing.properties");
    ChildResult unreadable = nowhere(java).jvmArgs(withFile(missing)).run();
    assertOneLine(unreadable, missing.toString(), "there is no file");
  }

  /** Not even what is wrong with the other settings. */
  @EachJava(one = true)
  void switchedOff(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent()
              .set("enabled", "false")
              .set("timeout", "never")
              .on(ChildJvm.program(java, "LookupProgram"))
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .args("byName", "localhost")
              .run()
              .quiet();
      assertEquals(List.of("ok 127.0.0.1"), result.stdout());
      assertEquals(List.of(), dot.server.log().connections());
    }
  }

  /**
   * A property goes before a variable, and that before the file: each has one setting that the
   * others have wrong.
   */
  @EachJava(one = true)
  void theStrongestSourceWins(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      String wrongPin = SpkiPins.ofNobody();
      Path file =
          Files.writeString(
              folder.resolve("dot-agent.properties"),
              "# comment\nupstreams = " // a port without a listener
                  + "127.0.0.1@1#wrong.example\ndotagent.pins = "
                  + wrongPin
                  + "\ntrustStore = "
                  + dot.trust.pem()
                  + "\n");
      ChildResult result =
          program(java)
              .jvmArgs(withFile(file))
              .jvmArgs("-Ddotagent.upstreams=" + dot.upstream(), "-Ddotagent.timeout=30s")
              .environment("DOTAGENT_UPSTREAMS", "127.0.0.1@2#wrong.example")
              .environment("DOTAGENT_PINS", dot.certificate.pin())
              .run()
              .quiet();
      assertEquals(List.of("ok 192.0.2.1"), result.stdout());
    }
  }

  /** The line with the settings in force, and no text of the program. */
  @EachJava
  void theLineAtTheStart(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      Path file = folder.resolve("agent.log");
      Agent agent = dot.agent().set("log.level", "info").set("log.file", file.toString());
      assertEquals(List.of("ok 192.0.2.1"), agent.on(program(java)).run().quiet().stdout());
      List<String> log = TextFile.linesOf(file);
      assertEquals(1, log.size(), log.toString());
      assertTrue(log.get(0).contains(" dot-agent info "), log.get(0));
      assertTrue(log.get(0).contains(dot.upstream()), log.get(0));
      assertTrue(log.get(0).contains("JVM cache 1 s, negative 1 s"), log.get(0));
    }
  }

  private static ChildJvm program(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram")
        .args("byName", "www.example.test")
        .within(ENDS_WITHIN);
  }

  private static ChildJvm nowhere(JavaHome java) {
    return program(java).jvmArgs(NOWHERE.settingArgs().toArray(new String[0]));
  }

  private static String withFile(Path file) {
    return "-javaagent:" + Agent.jar() + "=" + file;
  }

  private static void assertRefused(JavaHome java, String key, String value, String remedy) {
    ChildResult result = NOWHERE.set(key, value).on(program(java)).run();
    assertOneLine(result, "dotagent." + key + "=" + value, remedy);
  }

  /** The line has these in it; a hint may come before its end. */
  private static void assertOneLine(ChildResult result, String... parts) {
    assertEquals(1, result.exitCode(), result.toString());
    assertEquals(List.of(), result.stdout(), "the program did not run");
    assertEquals(1, result.stderr().size(), result.toString());
    String line = result.stderr().get(0);
    assertTrue(line.startsWith("dot-agent: "), line);
    for (String part : parts) {
      assertTrue(line.contains(part), line + "\n without " + part);
    }
  }
}
