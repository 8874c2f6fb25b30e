package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void whatBelongsToOthersIsLeftAlone() throws Exception {
    DotConfig config =
        given()
            .rawProperty("dotagentx=1")
            .rawProperty("java.version=17")
            .environment("DOTAGENTX=1")
            .environment("dotagent_timeout=1s")
            .load();
    assertEquals(Duration.ofSeconds(5), config.timeout());
  }

  @Test
  void aFileCanSwitchTheAgentOffAndAStrongerSourceOnAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("agent.properties"), "enabled=false");
    assertFalse(given().argument(file).load().enabled());
    assertEquals(
        true, given().argument(file).environment("DOTAGENT_ENABLED=true").load().enabled());
  }
}
