package io.github.dotagent.agent.cli.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.cli.attach.AttachOutcome.Outcome;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AttachOutcomeTest {
  @Test
  void whatTheAgentSays() {
    AttachOutcome report = report("1 installed hook InetAddress patched; pins none");
    assertEquals(Outcome.INSTALLED, report.outcome());
    assertEquals("hook InetAddress patched; pins none", report.text());
    assertEquals(Outcome.REFUSED, report("2 refused bad").outcome());
    assertEquals(Outcome.IDLE, report("3 idle enabled=false is among its settings").outcome());
    assertEquals(Outcome.ALREADY, report("4 already ").outcome());
    assertEquals("", report("4 already ").text());
    assertTrue(report("1 installed x").isThere());
    assertTrue(report("4 already ").isThere());
    assertFalse(report("2 refused bad").isThere());
    assertFalse(AttachOutcome.in(new Properties()).isThere());
  }

  @Test
  void whatCameOfADetach() {
    assertEquals(Outcome.REMOVED, report("5 removed ").outcome());
    assertTrue(report("5 removed ").isNotThere());
    assertEquals("it was given at the start", report("6 kept it was given at the start").text());
    assertTrue(report("6 kept it was given at the start").isThere());
    assertEquals(Outcome.ABSENT, report("7 absent ").outcome());
    assertTrue(report("7 absent ").isNotThere());
    assertFalse(AttachOutcome.in(new Properties()).isNotThere(), "it may be there from the start");
  }

  @Test
  void nothingOrWhatALaterVersionMaySay() {
    assertEquals(Outcome.UNKNOWN, AttachOutcome.in(new Properties()).outcome());
    assertEquals(Outcome.UNKNOWN, report("5 considered and found good").outcome());
    assertEquals(Outcome.UNKNOWN, report("nonsense").outcome());
  }

  /** The property is there from the attach before: this one did not come so far. */
  @Test
  void whatAnEarlierAttachLeft() {
    AttachOutcome earlier = report("1 refused bad");
    assertEquals(Outcome.UNKNOWN, report("1 refused bad").after(earlier).outcome());
    assertEquals(Outcome.REFUSED, report("2 refused bad").after(earlier).outcome());
    assertEquals(
        Outcome.INSTALLED,
        report("1 installed x").after(AttachOutcome.in(new Properties())).outcome());
  }

  private static AttachOutcome report(String text) {
    Properties properties = new Properties();
    properties.setProperty("io.github.dotagent.attach", text);
    return AttachOutcome.in(properties);
  }
}
