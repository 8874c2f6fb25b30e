package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.loaded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplacedSuffixesTest {
  @ParameterizedTest
  @ValueSource(strings = {"off", "+corp.example", "local,internal,arpa"})
  void nothingIsMissing(String value) throws ConfigException {
    assertEquals(Optional.empty(), remark(value));
  }

  @Test
  void theDefaultIsNoReplacement() throws ConfigException {
    assertEquals(Optional.empty(), ReplacedSuffixes.remark(given().load().names()));
  }

  @ParameterizedTest
  @CsvSource({
    "corp.example, 'local, internal, home.arpa, cluster.local, the reverse zones of private"
        + " addresses', corp.example",
    "'local,internal', 'home.arpa, the reverse zones of private addresses', 'local,internal'",
    "'local,internal,home.arpa', the reverse zones of private addresses,"
        + " 'local,internal,home.arpa'",
    "'cluster.local,arpa', 'local, internal', 'cluster.local,arpa'",
  })
  void missing(String value, String missing, String more) throws ConfigException {
    assertEquals(
        "dotagent.system.suffixes without a + replaces its default: names under "
            + missing
            + " are asked of the upstreams; +"
            + more
            + " adds to the default",
        remark(value).orElseThrow());
  }

  private static Optional<String> remark(String value) throws ConfigException {
    return ReplacedSuffixes.remark(loaded("system.suffixes=" + value).names());
  }
}
