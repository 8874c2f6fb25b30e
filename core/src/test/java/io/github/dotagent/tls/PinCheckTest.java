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
    check(PinMode.ENFORCE, OTHER, ROOT).check(CHAIN);
  }

  @Test
  void aMismatchTellsEveryPinThatWasPresented() {
    PinCheck check = check(PinMode.ENFORCE, OTHER);
    assertNull(check.matchIn(CHAIN));
    String message =
        assertThrows(UntrustedServerException.class, () -> check.check(CHAIN)).getMessage();
    assertEquals("pin mismatch (presented " + PRESENTED + ")", message);
    assertEquals(List.of(), log.lines());
  }

  @Test
  void aReportedMismatchIsLoggedOnceForEachKey() throws UntrustedServerException {
    PinCheck check = check(PinMode.REPORT, OTHER);
    check.check(CHAIN);
    check.check(CHAIN);
    String line =
        "ERROR pin mismatch (presented "
            + PRESENTED
            + "); used all the same, for dotagent.pins.mode=report. If the key is right: "
            + "-Ddotagent.pins="
            + LEAF.pin()
            + ","
            + ROOT.pin();
    assertEquals(List.of(line), log.lines());

    TestCertificate renewed = TestCertificate.named("leaf").signedBy(ROOT);
    check.check(List.of(TestCertificate.chain(renewed, ROOT)));
    assertEquals(2, log.lines().size());
    assertTrue(log.lines().get(1).contains(renewed.pin().toString()));
  }

  @Test
  void aMatchReportsNothing() throws UntrustedServerException {
    check(PinMode.REPORT, LEAF).check(CHAIN);
    assertEquals(List.of(), log.lines());
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
