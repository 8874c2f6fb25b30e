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
          bypass=route | off
          bypass=report | off
          bypass=block | off
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
  @ValueSource(strings = {"bypass=off", "jmx=false", "jmx=true"})
  void whatAsksForNothingIsAccepted(String setting) throws ConfigException {
    assertTrue(loaded(setting).enabled());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bypass=blok | must be route, report, block or off; did you mean block?
          jmx=on | must be true or false; did you mean true?
          """)
  void theFormIsCheckedFirst(String setting, String reason) {
    assertEquals("dotagent." + setting + " (system property): " + reason, refused(setting));
  }
}
