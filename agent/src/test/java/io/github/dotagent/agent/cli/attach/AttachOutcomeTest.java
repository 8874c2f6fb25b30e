package io.github.dotagent.agent.cli.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.cli.attach.AttachOutcome.Kind;
import java.nio.file.Paths;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AttachOutcomeTest {
  @Test
  void outcomesOfAnAttach() {
    AttachOutcome report = report("7 installed hook InetAddress patched; pins none");
    assertEquals(Kind.INSTALLED, report.outcome());
    assertEquals("hook InetAddress patched; pins none", report.text());
    assertEquals(Kind.REFUSED, report("7 refused bad").outcome());
    assertEquals(Kind.IDLE, report("7 idle enabled=false is set").outcome());
    assertEquals(Kind.ABSENT, report("7 absent ").outcome());
    assertEquals(Kind.ALREADY, report("7 already ").outcome());
    assertEquals("", report("7 already ").text());
  }

  @Test
  void outcomesOfADetach() {
    assertEquals(Kind.REMOVED, report("7 removed ").outcome());
    assertEquals(Kind.KEPT, report("7 kept it was given at the start").outcome());
    assertEquals("it was given at the start", report("7 kept it was given at the start").text());
    assertFalse(AttachOutcome.isClaimed(property("1 removed ")));
    assertTrue(AttachOutcome.isClaimed(property("1 kept it was given at the start")));
  }

  @Test
  void missingAndUnknownReports() {
    assertEquals(Kind.UNKNOWN, AttachOutcome.of("7", new Properties()).outcome());
    assertEquals(Kind.UNKNOWN, report("7 considered and found good").outcome());
    assertEquals(Kind.UNKNOWN, report("nonsense").outcome());
    assertEquals(Kind.UNKNOWN, report("7").outcome());
  }

  /** Of an attach before, or set by the program: it does not have the request's number. */
  @Test
  void reportsOfOtherOrdersAreIgnored() {
    assertEquals(Kind.UNKNOWN, report("1 installed x").outcome());
    assertEquals(Kind.UNKNOWN, report("77 installed x").outcome());
    assertEquals(Kind.UNKNOWN, report(" installed x").outcome());
  }

  @Test
  void onlyReportsOfAnInstalledAgentClaimIt() {
    assertTrue(AttachOutcome.isClaimed(property("1 installed x")));
    assertTrue(AttachOutcome.isClaimed(property("4 already ")));
    assertFalse(AttachOutcome.isClaimed(property("2 refused bad")));
    assertFalse(AttachOutcome.isClaimed(new Properties()));
  }

  @Test
  void itsTextIsEscapedAndShortened() {
    assertEquals("\\027[2J\\010x", report("7 refused \u001b[2J\nx").text());
    assertEquals(4_003, report("7 refused " + "x".repeat(1_000_000)).text().length());
  }

  @Test
  void eachOrderHasANumberOfItsOwn() {
    AttachRequest one = new AttachRequest();
    String install = one.toInstall(Paths.get("/a b.jar"), "/a b");
    assertTrue(install.matches("dot-agent/install/[0-9a-f]{32}//a b.jar\n/a b"), install);
    assertTrue(one.toDetach(false).matches("dot-agent/detach/[0-9a-f]{32}/"));
    assertTrue(one.toDetach(true).matches("dot-agent/detach-by-force/[0-9a-f]{32}/"));
    assertTrue(one.toProbe().matches("dot-agent/probe/[0-9a-f]{32}/"), one.toProbe());
    assertNotEquals(one.toProbe(), new AttachRequest().toProbe());
    String number = one.toProbe().split("/", -1)[2];
    assertEquals(Kind.ALREADY, one.outcomeIn(property(number + " already ")).outcome());
    assertEquals(Kind.UNKNOWN, new AttachRequest().outcomeIn(property(number)).outcome());
  }

  private static AttachOutcome report(String text) {
    return AttachOutcome.of("7", property(text));
  }

  private static Properties property(String text) {
    Properties properties = new Properties();
    properties.setProperty("io.github.dotagent.attach", text);
    return properties;
  }
}
