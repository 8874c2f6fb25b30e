package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.loaded;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ObserveModeTest {
  @Test
  void enforceUnlessTheUserSaysOtherwise() throws ConfigException {
    assertFalse(given().load().observes());
    assertFalse(loaded("mode=enforce").observes());
    assertTrue(loaded("mode=observe").observes());
    assertEquals(
        "dotagent.mode=observ (system property): must be enforce or observe; write for example"
            + " enforce",
        refused("mode=observ"));
  }

  /** The settings for later use, with one more line, are a trial. */
  @Test
  void withObserveRouteActsAsReport() throws ConfigException {
    assertEquals(BypassMode.REPORT, loaded("mode=observe").bypass());
    assertEquals(
        BypassMode.REPORT,
        given().property("mode=observe").property("bypass=route").load().bypass());
    assertEquals(
        BypassMode.REPORT,
        given().property("mode=observe").property("bypass=report").load().bypass());
    assertEquals(
        BypassMode.OFF, given().property("mode=observe").property("bypass=off").load().bypass());
  }

  @Test
  void contradictingSettingsAreRefused() {
    assertEquals(
        "dotagent.bypass=block (system property): refuses queries, and dotagent.mode=observe"
            + " changes nothing for the program; write report, or leave it out",
        given().property("mode=observe").property("bypass=block").refused());
    assertEquals(
        "dotagent.profile=opportunistic (system property): has no effect with"
            + " dotagent.mode=observe, where the system resolver answers every name; leave one of"
            + " the two out",
        given().property("mode=observe").property("profile=opportunistic").refused());
    assertEquals(
        "dotagent.jmx=false (system property): hides the results of dotagent.mode=observe,"
            + " because the status command reads them from the MBeans; leave one of the two out",
        given().property("mode=observe").property("jmx=false").refused());
  }
}
