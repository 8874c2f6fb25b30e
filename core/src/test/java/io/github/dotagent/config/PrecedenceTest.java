package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** System property over environment over file over default. */
class PrecedenceTest {
  @TempDir Path folder;

  @Test
  void theStrongestSourceWins() throws Exception {
    Path file = Files.writeString(folder.resolve("agent.properties"), "timeout=1s");
    Given given = given();
    assertEquals(Duration.ofSeconds(5), given.load().timeout());
    assertEquals(Duration.ofSeconds(1), given.argument(file).load().timeout());
    assertEquals(Duration.ofSeconds(2), given.environment("DOTAGENT_TIMEOUT=2s").load().timeout());
    assertEquals(
        Duration.ofSeconds(90),
        new Given().environment("DOTAGENT_TIMEOUT_START=90s").load().timeoutStart());
    assertEquals(Duration.ofSeconds(3), given.property("timeout=3s").load().timeout());
  }

  @Test
  void eachKeyForItself() throws Exception {
    Path file =
        Files.writeString(folder.resolve("agent.properties"), "cache.maxTtl=1h\ntimeout=1s");
    DotConfig config = given().argument(file).environment("DOTAGENT_CACHE_MAXTTL=2h").load();
    assertEquals(Duration.ofHours(2), config.cache().maxTtl());
    assertEquals(Duration.ofSeconds(1), config.timeout());
  }

  @Test
  void aValueThatIsOverriddenIsNotRead() throws Exception {
    Path file = Files.writeString(folder.resolve("agent.properties"), "timeout=nonsense");
    assertEquals(
        Duration.ofSeconds(3), given().argument(file).property("timeout=3s").load().timeout());
  }

  @Test
  void settingsOfOtherProgramsAreIgnored() throws Exception {
    DotConfig config =
        given()
            .rawProperty("dotagentx=1")
            .rawProperty("java.version=17")
            .environment("DOTAGENTX=1")
            .load();
    assertEquals(Duration.ofSeconds(5), config.timeout());
  }

  @Test
  void theCaseOfTheEnvironment() {
    assertEquals(
        "dotagent_upstreams=1.1.1.1 (environment): there is no such setting;"
            + " did you mean DOTAGENT_UPSTREAMS?",
        given().environment("dotagent_upstreams=1.1.1.1").refused());
  }

  /** The variables of a pod in one namespace with services of such names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DOTAGENT_SERVICE_HOST=10.0.0.7",
        "DOTAGENT_SERVICE_PORT=853",
        "DOTAGENT_SERVICE_PORT_DNS_TLS=853",
        "DOTAGENT_PORT=tcp://10.0.0.7:853",
        "DOTAGENT_PORT_853_TCP=tcp://10.0.0.7:853",
        "DOTAGENT_PORT_853_TCP_PROTO=tcp",
        "DOTAGENT_PORT_853_TCP_PORT=853",
        "DOTAGENT_PORT_53_UDP_ADDR=10.0.0.7",
        "DOTAGENT_METRICS_SERVICE_HOST=10.0.0.8",
        "DOTAGENT_METRICS_PORT=tcp://10.0.0.8:80"
      })
  void linksOfServicesAreNoSettings(String variable) throws Exception {
    assertEquals(Duration.ofSeconds(5), given().environment(variable).load().timeout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DOTAGENT_PORT=853", "DOTAGENT_PORT_TCP=1", "DOTAGENT_TIMEOUTS=1s"})
  void variablesThatOnlyLookLikeServiceLinks(String variable) {
    assertTrue(given().environment(variable).refused().contains("there is no such setting"));
  }

  @Test
  void aFileCanSwitchTheAgentOffAndAStrongerSourceOnAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("agent.properties"), "enabled=false");
    assertFalse(given().argument(file).load().enabled());
    assertEquals(
        true, given().argument(file).environment("DOTAGENT_ENABLED=true").load().enabled());
  }
}
