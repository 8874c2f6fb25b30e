package io.github.dotagent.config;

import static io.github.dotagent.config.Given.loaded;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaterWorkTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cache.stale=1d | 0s
          cache.stale=1ms | 0s
          cache.prefetch=true | false
          bypass=route | off
          bypass=report | off
          bypass=block | off
          jmx=true | false
          """)
  void whatAsksForSomethingIsRefused(String setting, String harmless) {
    assertEquals(
        "dotagent."
            + setting
            + " (system property): not available in this version; write "
            + harmless
            + " or leave it out",
        refused(setting));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache.stale=0s",
        "cache.stale=0d",
        "cache.prefetch=false",
        "bypass=off",
        "jmx=false"
      })
  void whatAsksForNothingIsAccepted(String setting) throws ConfigException {
    assertTrue(loaded(setting).enabled());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cache.stale=5x | is not a duration: a whole number and ms, s, m, h or d; write for example 0s
          cache.stale=0 | is not a duration: a whole number and ms, s, m, h or d; did you mean 0s?
          cache.prefetch=1 | must be true or false; did you mean true?
          bypass=blok | must be route, report, block or off; did you mean block?
          jmx=on | must be true or false; did you mean true?
          """)
  void theFormIsCheckedFirst(String setting, String reason) {
    assertEquals("dotagent." + setting + " (system property): " + reason, refused(setting));
  }
}
