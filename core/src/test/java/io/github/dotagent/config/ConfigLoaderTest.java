package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.loaded;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import io.github.dotagent.tls.TrustStoreSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of each valid setting. */
class ConfigLoaderTest {
  private static final String PIN = "sha256/AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

  @TempDir Path folder;

  @Test
  void defaults() throws ConfigException {
    DotConfig config = given().load();
    assertTrue(config.enabled());
    assertEquals(
        "[1.1.1.1@853#one.one.one.one, 1.0.0.1@853#one.one.one.one,"
            + " 2606:4700:4700::1111@853#one.one.one.one,"
            + " 2606:4700:4700::1001@853#one.one.one.one]",
        config.upstreams().toString());
    assertEquals(Set.of(), config.tls().pins());
    assertEquals(PinMode.ENFORCE, config.tls().pinMode());
    assertEquals(Authentication.NAME, config.tls().authentication());
    assertEquals(Optional.empty(), config.tls().trustStore());
    assertEquals(Duration.ofSeconds(5), config.timeout());
    assertEquals(100_000, config.cache().maxEntries());
    assertEquals(Duration.ZERO, config.cache().minTtl());
    assertEquals(Duration.ofDays(1), config.cache().maxTtl());
    assertEquals(Duration.ofMinutes(15), config.cache().maxNegativeTtl());
    assertEquals(Duration.ofDays(1), config.cache().stale());
    assertTrue(config.cache().prefetch());
    assertEquals(SystemSuffixes.defaults(), config.names().systemSuffixes());
    assertTrue(config.names().singleLabelIsSystem());
    assertEquals(Optional.of(Paths.get("/etc/hosts")), config.names().hostsFile());
    assertEquals(InstallMode.ABORT, config.install());
    assertEquals(Level.WARN, config.log().level());
    assertEquals(Optional.empty(), config.log().file());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ZONES",
        "CLIENT_CERTIFICATES",
        "CLIENT_CERTIFICATES_PASSWORD",
        "PINS",
        "TRUST_STORE",
        "TRUST_STORE_TYPE",
        "TRUST_STORE_PASSWORD",
        "DNSSEC_REQUIRE",
        "DNSSEC_ANCHORS",
        "LOG_FILE",
        "SYSTEM_SUFFIXES",
        "HOSTS",
        "SEARCH"
      },
      mode = EnumSource.Mode.EXCLUDE)
  void theDefaultCanBeWrittenOut(SettingKey key) throws ConfigException {
    DotConfig config = loaded(key.key() + "=" + key.defaultText());
    assertEquals(given().load().upstreams(), config.upstreams());
    assertEquals(given().load().timeout(), config.timeout());
  }

  @Test
  void pinsInBothForms() throws ConfigException {
    String other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    DotConfig config = loaded("pins=" + PIN + " , " + other + "," + PIN);
    assertEquals(
        List.of(SpkiPin.parse(PIN), SpkiPin.parse("sha256/" + other)),
        List.copyOf(config.tls().pins()));
  }

  @Test
  void pinsReportedOrAlone() throws ConfigException {
    Given pins = given().property("pins=" + PIN);
    assertEquals(PinMode.REPORT, pins.property("pins.mode=report").load().tls().pinMode());
    assertEquals(
        Authentication.PINS,
        pins.property("pins.mode=enforce").property("auth=pins").load().tls().authentication());
  }

  @ParameterizedTest
  @CsvSource({"jks,JKS", "Pkcs12,PKCS12", "PEM,PEM"})
  void trustStore(String typed, String type) throws Exception {
    Path store = Files.createFile(folder.resolve("store"));
    TrustStoreSpec spec =
        given()
            .property("trustStore=" + store)
            .property("trustStoreType=" + typed)
            .property("trustStorePassword=changeit")
            .load()
            .tls()
            .trustStore()
            .orElseThrow();
    assertEquals(store, spec.file());
    assertEquals(Optional.of(type), spec.type());
    assertArrayEquals("changeit".toCharArray(), spec.password().orElseThrow());
  }

  @Test
  void trustStoreAlone() throws Exception {
    Path store = Files.createFile(folder.resolve("store"));
    TrustStoreSpec spec = loaded("trustStore=" + store).tls().trustStore().orElseThrow();
    assertEquals(Optional.empty(), spec.type());
    assertEquals(Optional.empty(), spec.password());
  }

  @ParameterizedTest
  @ValueSource(strings = {"100ms", "10m", "600s"})
  void timeoutBounds(String timeout) throws ConfigException {
    assertEquals(DurationText.parse(timeout), loaded("timeout=" + timeout).timeout());
  }

  @Test
  void cache() throws ConfigException {
    DotConfig config =
        given()
            .property("cache.maxEntries=1")
            .property("cache.minTtl=2147483647s")
            .property("cache.maxTtl=2147483647000ms")
            .property("cache.maxNegativeTtl=0s")
            .property("cache.stale=2147483647s")
            .property("cache.prefetch=false")
            .load();
    assertEquals(1, config.cache().maxEntries());
    assertEquals(Duration.ofSeconds(Integer.MAX_VALUE), config.cache().minTtl());
    assertEquals(Duration.ofSeconds(Integer.MAX_VALUE), config.cache().maxTtl());
    assertEquals(Duration.ZERO, config.cache().maxNegativeTtl());
    assertEquals(Duration.ofSeconds(Integer.MAX_VALUE), config.cache().stale());
    assertFalse(config.cache().prefetch());
    assertEquals(10_000_000, loaded("cache.maxEntries=10000000").cache().maxEntries());
    assertEquals(Duration.ZERO, loaded("cache.maxTtl=0s").cache().maxTtl());
    assertEquals(Duration.ZERO, loaded("cache.stale=0s").cache().stale());
  }

  @Test
  void names() throws Exception {
    assertFalse(loaded("system.singleLabel=false").names().singleLabelIsSystem());
    Path hosts = Files.createFile(folder.resolve("hosts"));
    assertEquals(Optional.of(hosts), loaded("hosts=" + hosts).names().hostsFile());
    assertEquals(Optional.empty(), loaded("hosts=off").names().hostsFile());
  }

  @ParameterizedTest
  @CsvSource({"SystemRoot,D:\\Win", "SYSTEMROOT,D:\\Win", "Other,C:\\Windows"})
  void hostsFileOfWindows(String variable, String root) throws ConfigException {
    DotConfig config =
        given()
            .rawProperty("os.name=Windows Server 2022")
            .environment(variable + "=D:\\Win")
            .load();
    assertEquals(
        root + "\\System32\\drivers\\etc\\hosts",
        config.names().hostsFile().orElseThrow().toString());
  }

  @Test
  void installAndLog() throws ConfigException {
    assertEquals(InstallMode.WARN, loaded("install=warn").install());
    Path file = folder.resolve("dot.log");
    assertEquals(Optional.of(file), loaded("log.file=" + file).log().file());
  }

  @ParameterizedTest
  @EnumSource
  void logLevels(Level level) throws ConfigException {
    assertEquals(level, loaded("log.level=" + level.name().toLowerCase(Locale.ROOT)).log().level());
  }

  @Test
  void blanksAroundAValueDoNotCount() throws ConfigException {
    assertEquals(Duration.ofSeconds(7), loaded("timeout= \t7s ").timeout());
  }

  @Test
  void switchedOffNothingElseIsChecked() throws ConfigException {
    DotConfig config =
        given()
            .property("enabled=false")
            .property("timeout=nonsense")
            .property("no.such=key")
            .argument(folder.resolve("no such file"))
            .load();
    assertFalse(config.enabled());
    assertEquals(Duration.ofSeconds(5), config.timeout());
  }

  @Test
  void thisJvm() throws ConfigException {
    // nothing is set for the JVM that runs the tests
    assertEquals(
        given().load().upstreams(), ConfigLoader.load(SettingSources.ofThisJvm(" ")).upstreams());
  }
}
