package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dnssec.ZoneAnchors;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What {@code doctor} makes of the root's signatures. */
class DnssecCheckTest {
  private static final ZoneAnchors IANAS = ZoneAnchors.ofIana();
  private static final Instant IN_TIME = Instant.parse("2029-10-11T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("2029-10-11T00:00:01Z");

  @Test
  void aSecureRootIsReportedWithItsAnchors() {
    Finding found = DnssecCheck.of("secure", true, false, IANAS, IN_TIME);
    assertEquals(Finding.Grade.OK, found.verdict());
    assertEquals("the root is secure, . key 20326, 38696", found.text());
  }

  @Test
  void builtInAnchorsAreANoteAfterTheirDate() {
    Finding found = DnssecCheck.of("secure", true, false, IANAS, TOO_LATE);
    assertEquals(Finding.Grade.NOTE, found.verdict());
    assertEquals(
        "the root is secure; the built-in anchors may be out of date since 2029-10-11",
        found.text());
    assertTrue(found.remedies().get(0).contains("update dot-agent"), "" + found.remedies());
  }

  /** The owner of a file looks after it. */
  @Test
  void anchorsOfAFileAreOkAfterThatDate() throws Exception {
    String line = ". DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16";
    ZoneAnchors own = ZoneAnchors.of(line.getBytes(StandardCharsets.US_ASCII));
    Finding found = DnssecCheck.of("secure", true, false, own, TOO_LATE);
    assertEquals(Finding.Grade.OK, found.verdict());
  }

  /** The root is signed anew every day: if its signatures are not of now, now is wrong. */
  @Test
  void signaturesOutsideTheirTimePointToTheClock() {
    Finding found = DnssecCheck.of("bogus: it expired", false, true, IANAS, IN_TIME);
    assertEquals(Finding.Grade.FAIL, found.verdict());
    assertTrue(found.remedies().get(0).contains("the clock is wrong"), "" + found.remedies());
  }

  @Test
  void otherBogusAnswersPointToTheServerOrTheAnchors() {
    Finding found = DnssecCheck.of("bogus: no key", false, false, IANAS, IN_TIME);
    assertEquals(Finding.Grade.FAIL, found.verdict());
    String remedy = found.remedies().get(0);
    assertTrue(remedy.contains("the anchors must be those of its root"), remedy);
    assertTrue(remedy.contains(". key 20326, 38696"), remedy);
  }
}
