package io.github.dotagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttachReportTest {
  private static final String NUMBER = "0123456789abcdef0123456789abcdef";

  @AfterEach
  void forget() {
    System.clearProperty(AttachReport.PROPERTY);
  }

  @Test
  void anOrderOfTheCommand() {
    AttachReport report =
        AttachReport.on("dot-agent/install/" + NUMBER + "//x/a b.jar\n/etc/a b.properties");
    assertFalse(report.isProbe());
    assertEquals("/etc/a b.properties", report.settings());
    assertEquals(NUMBER, report.label());
    report.write(AttachReport.INSTALLED + "x");
    assertEquals(NUMBER + " installed x", System.getProperty(AttachReport.PROPERTY));
    assertEquals("", AttachReport.on("dot-agent/install/" + NUMBER + "//x.jar\n").settings());
    assertFalse(AttachReport.on("dot-agent/detach/" + NUMBER + "/").isProbe());
    assertEquals(NUMBER, AttachReport.on("dot-agent/detach-by-force/" + NUMBER + "/").label());
    assertTrue(AttachReport.on("dot-agent/probe/" + NUMBER + "/").isProbe());
  }

  /**
   * A path, as jcmd and the Attach API's users give it; also one that looks nearly like a request.
   */
  @Test
  void anyOtherArgumentIsAPath() {
    for (String path :
        new String[] {"/etc/x", "", "dot-agent/install/x", "dot-agent/probe/" + NUMBER}) {
      AttachReport report = AttachReport.on(path);
      assertFalse(report.isProbe(), path);
      assertEquals(path, report.settings());
    }
    assertNull(AttachReport.on(null).settings());
  }

  @Test
  void withoutANumberEachReportDiffersFromTheLast() {
    AttachReport.on("/etc/x").write(AttachReport.REFUSED + "x");
    String first = System.getProperty(AttachReport.PROPERTY);
    assertTrue(first.matches("\\d+ refused x"), first);
    AttachReport.on("/etc/x").write(AttachReport.REFUSED + "x");
    String second = System.getProperty(AttachReport.PROPERTY);
    assertFalse(first.equals(second), second);
  }
}
