package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PinCheckTest {
  private static final String SERVER = "192.0.2.1@853#dns.example";
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate LEAF = TestCertificate.named("leaf").signedBy(ROOT);
  private static final TestCertificate OTHER = TestCertificate.root("Other");
  private static final List<X509Certificate> CHAIN = List.of(TestCertificate.chain(LEAF, ROOT));
  private static final String PRESENTED = LEAF.pin() + ", " + ROOT.pin();

  private final RecordedLog log = new RecordedLog();

  @Test
  void isOnWhenThereArePins() {
    assertFalse(check(PinMode.ENFORCE).isOn());
    assertTrue(check(PinMode.ENFORCE, OTHER).isOn());
  }

  @Test
  void oneMatchAnywhereIsEnough() throws UntrustedServerException {
    assertEquals(LEAF.pin(), matched(LEAF));
    assertEquals(ROOT.pin(), matched(ROOT));
    assertEquals(ROOT.pin(), matched(OTHER, ROOT));
    assertEquals(LEAF.pin(), matched(ROOT, LEAF), "the leaf's, which says more");
    check(PinMode.ENFORCE, OTHER, ROOT).check(CHAIN, SERVER);
  }

  @Test
  void aMismatchTellsEveryPinThatWasPresented() {
    PinCheck check = check(PinMode.ENFORCE, OTHER);
    assertNull(check.matchIn(CHAIN));
    String message =
        assertThrows(UntrustedServerException.class, () -> check.check(CHAIN, SERVER)).getMessage();
    assertEquals("pin mismatch (presented " + PRESENTED + ")", message);
  }

  @Test
  void anEnforcedMismatchLogsTheSettingToPaste() {
    PinCheck check = check(PinMode.ENFORCE, OTHER);
    assertThrows(UntrustedServerException.class, () -> check.check(CHAIN, SERVER));
    assertThrows(UntrustedServerException.class, () -> check.check(CHAIN, SERVER));
    assertEquals(List.of(told("refused"), counted(2)), log.lines());
  }

  /** The leaf and its issuer: a root's pin would accept every certificate that it ever signs. */
  @Test
  void theLineToPasteHasTheLeafAndItsIssuer() throws UntrustedServerException {
    TestCertificate issuer = TestCertificate.named("issuer").signedBy(ROOT);
    TestCertificate leaf = TestCertificate.named("leaf").signedBy(issuer);
    check(PinMode.REPORT, OTHER).check(List.of(TestCertificate.chain(leaf, issuer, ROOT)), SERVER);
    String line = log.lines().get(0);
    assertTrue(
        line.endsWith("-Ddotagent.pins=" + OTHER.pin() + "," + leaf.pin() + "," + issuer.pin()),
        line);
  }

  /**
   * Nothing else is asked of a server then, so the issuer's would let in whomever it signed for.
   */
  @Test
  void withPinsAloneTheLineToPasteHasTheLeafAlone() throws UntrustedServerException {
    TlsPolicy policy =
        new TlsPolicy(TlsPolicy.Authentication.PINS, Set.of(OTHER.pin()), PinMode.REPORT, null);
    PinCheck.of(policy, log).check(CHAIN, SERVER);
    String line = log.lines().get(0);
    assertTrue(line.endsWith("-Ddotagent.pins=" + OTHER.pin() + "," + LEAF.pin()), line);
  }

  /** One of two servers has a new key: its line must not lock the other one out. */
  @Test
  void theLineToPasteKeepsThePinsThatStillMatch() throws UntrustedServerException {
    TestCertificate renewed = TestCertificate.named("leaf").signedBy(TestCertificate.root("new"));
    PinCheck check = check(PinMode.REPORT, LEAF, OTHER);
    check.check(List.of(TestCertificate.chain(OTHER)), "192.0.2.2@853");
    check.check(CHAIN, SERVER);
    check.check(List.of(TestCertificate.chain(renewed)), SERVER);
    String line = log.lines().get(0);
    assertTrue(
        line.endsWith("-Ddotagent.pins=" + OTHER.pin() + "," + renewed.pin()),
        line + " is without the pin that no server has any more");
  }

  @Test
  void aPinThatTwoServersHadIsKeptForTheOther() throws UntrustedServerException {
    TestCertificate renewed = TestCertificate.root("new");
    PinCheck check = check(PinMode.REPORT, LEAF);
    check.check(CHAIN, "192.0.2.2@853");
    check.check(CHAIN, SERVER);
    check.check(List.of(TestCertificate.chain(renewed)), SERVER);
    String line = log.lines().get(0);
    assertTrue(line.endsWith("-Ddotagent.pins=" + LEAF.pin() + "," + renewed.pin()), line);
  }

  @Test
  void keysWithoutEndDoNotFillTheLog() throws UntrustedServerException {
    PinCheck check = check(PinMode.REPORT, OTHER);
    for (int i = 0; i < 120; i++) {
      check.check(List.of(TestCertificate.chain(TestCertificate.root("new each time"))), SERVER);
    }
    assertEquals(100, log.lines().stream().filter(line -> line.startsWith("ERROR")).count());
  }

  @Test
  void aReportedMismatchIsLoggedOnceForEachKey() throws UntrustedServerException {
    PinCheck check = check(PinMode.REPORT, OTHER);
    check.check(CHAIN, SERVER);
    check.check(CHAIN, SERVER);
    String consequence = "used anyway (dotagent.pins.mode=report)";
    assertEquals(List.of(told(consequence), counted(2)), log.lines());

    TestCertificate renewed = TestCertificate.named("leaf").signedBy(ROOT);
    check.check(List.of(TestCertificate.chain(renewed, ROOT)), SERVER);
    assertEquals(3, log.lines().size());
    assertTrue(log.lines().get(2).contains(renewed.pin().toString()));
  }

  @Test
  void aMatchReportsNothing() throws UntrustedServerException {
    check(PinMode.REPORT, LEAF).check(CHAIN, SERVER);
    assertEquals(List.of(), log.lines());
  }

  private static String told(String consequence) {
    return "ERROR upstream "
        + SERVER
        + ": pin mismatch (presented "
        + PRESENTED
        + "); "
        + consequence
        + ". It has a new key, or something on the way answers in its place: ask its owner. Only if"
        + " its key is "
        + LEAF.pin()
        + ", set -Ddotagent.pins="
        + OTHER.pin()
        + ","
        + LEAF.pin()
        + ","
        + ROOT.pin();
  }

  private static String counted(int number) {
    return "DEBUG upstream "
        + SERVER
        + ": pin mismatch (presented "
        + PRESENTED
        + "), number "
        + number
        + " since the start";
  }

  private SpkiPin matched(TestCertificate... pinned) {
    return check(PinMode.ENFORCE, pinned).matchIn(CHAIN);
  }

  private PinCheck check(PinMode mode, TestCertificate... pinned) {
    Set<SpkiPin> pins = new HashSet<>();
    for (TestCertificate certificate : pinned) {
      pins.add(certificate.pin());
    }
    return new PinCheck(pins, mode, log);
  }
}
