package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.loaded;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BypassModeTest {
  @Test
  void theDefaultIsRoute() throws ConfigException {
    assertEquals(BypassMode.ROUTE, given().load().bypass());
  }

  @ParameterizedTest
  @EnumSource(BypassMode.class)
  void eachByItsName(BypassMode mode) throws ConfigException {
    String name = mode.name().toLowerCase(java.util.Locale.ROOT);
    assertEquals(mode, loaded("bypass=" + name).bypass());
  }

  @Test
  void anUnknownWordIsRefused() {
    assertEquals(
        "dotagent.bypass=blok (system property): must be route, report, block or off; did you mean"
            + " block?",
        refused("bypass=blok"));
  }
}
