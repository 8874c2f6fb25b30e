package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TlsPolicyTest {
  private static final SpkiPin ONE = TestCertificate.root("One").pin();
  private static final SpkiPin TWO = TestCertificate.root("Two").pin();

  @Test
  void pinsStayInTheOrderOfTheUserAndDoNotChange() {
    Set<SpkiPin> given = new LinkedHashSet<>(List.of(TWO, ONE));
    TlsPolicy policy = new TlsPolicy(Authentication.PINS, given, PinMode.ENFORCE, null);
    given.clear();
    assertEquals(List.of(TWO, ONE), new ArrayList<>(policy.pins()));
    assertThrows(UnsupportedOperationException.class, () -> policy.pins().clear());
  }

  @Test
  void returnsTheGivenValues() {
    TrustStoreSpec store = new TrustStoreSpec(Path.of("ca.pem"), null, null);
    TlsPolicy policy = new TlsPolicy(Authentication.NAME, Set.of(), PinMode.REPORT, store);
    assertEquals(Authentication.NAME, policy.authentication());
    assertEquals(PinMode.REPORT, policy.pinMode());
    assertEquals(Optional.of(store), policy.trustStore());
    assertEquals(
        Optional.empty(),
        new TlsPolicy(Authentication.NAME, Set.of(), PinMode.ENFORCE, null).trustStore());
  }

  @Test
  void aTrustStoreMayHaveATypeAndAPassword() {
    TrustStoreSpec full = new TrustStoreSpec(Path.of("s"), "JKS", "secret");
    assertEquals(Path.of("s"), full.file());
    assertEquals(Optional.of("JKS"), full.type());
    assertArrayEquals("secret".toCharArray(), full.password().orElseThrow());
    assertNotSame(full.password().orElseThrow(), full.password().orElseThrow());
    TrustStoreSpec bare = new TrustStoreSpec(Path.of("s"), null, null);
    assertEquals(Optional.empty(), bare.type());
    assertEquals(Optional.empty(), bare.password());
  }
}
