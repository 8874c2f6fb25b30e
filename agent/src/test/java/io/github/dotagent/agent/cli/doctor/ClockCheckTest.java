package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private static final Instant NOW = Instant.parse("2027-05-01T12:00:00Z");

  private final ClockCheck clock = new ClockCheck(NOW);

  private static Validity valid(String from, String to) {
    return new Validity(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
  }

  private static final Validity AUTHORITY = valid("2020-01-01", "2035-01-01");

  @Test
  void aClockWithinTheValidityIsRight() {
    clock.saw(List.of(valid("2027-04-01", "2027-07-01"), AUTHORITY));
    assertEquals("2027-05-01T12:00:00Z; within the validity of 1 of 1 chains", clock.find().text());
    assertFalse(clock.isWrong());
  }

  @Test
  void withoutACertificateTheClockIsNotWrong() {
    assertEquals("2027-05-01T12:00:00Z; no certificate to compare it with", clock.find().text());
    assertFalse(clock.isWrong());
  }

  @Test
  void aClockBeforeTheBuildOfThisVersionIsWrong() {
    ClockCheck early = new ClockCheck(Instant.parse("1970-01-01T00:01:00Z"));
    assertTrue(early.isWrong());
    assertTrue(early.find().text().contains("1970-01-01T00:01:00Z"), early.find().text());
  }

  @Test
  void aClockBehindAServersCertificateIsWrong() {
    clock.saw(List.of(valid("2027-05-03", "2027-07-01"), AUTHORITY));
    assertTrue(clock.isWrong());
    assertTrue(
        clock.find().text().contains("1 day before a server's certificate becomes valid"),
        clock.find().text());
    assertEquals(1, clock.find().remedies().size());
  }

  @Test
  void aClockAheadOfEachCertificateIsWrong() {
    clock.saw(List.of(valid("2020-04-01", "2020-07-01"), valid("2015-01-01", "2025-01-01")));
    assertTrue(clock.isWrong());
  }

  /** Weeks ahead: two owners do not forget their certificates at once. */
  @Test
  void aClockAheadOfTheCertificatesOfAllServersIsWrong() {
    clock.saw(List.of(valid("2027-01-01", "2027-04-01"), AUTHORITY));
    clock.saw(List.of(valid("2027-01-15", "2027-04-15"), AUTHORITY));
    assertTrue(clock.isWrong());
    assertTrue(
        clock.find().text().endsWith("is after the expiry of all servers' certificates"),
        clock.find().text());
  }

  /** The certificate's owner forgot it: the authority is still good. */
  @Test
  void anExpiredCertificateIsNotTheClocksFault() {
    clock.saw(List.of(valid("2027-01-01", "2027-04-01"), AUTHORITY));
    assertFalse(clock.isWrong());
    assertTrue(clock.find().text().endsWith("0 of 1 chains"), clock.find().text());
  }

  @Test
  void anOldChainOfOneServerIsNotTheClocksFault() {
    clock.saw(List.of(valid("2020-04-01", "2020-07-01"), valid("2015-01-01", "2025-01-01")));
    clock.saw(List.of(valid("2027-04-01", "2027-07-01"), AUTHORITY));
    assertFalse(clock.isWrong());
  }

  @Test
  void anExpiredSelfSignedCertificateDoesNotMakeTheClockWrong() {
    clock.saw(List.of(valid("2020-04-01", "2020-07-01")));
    assertFalse(clock.isWrong());
  }
}
