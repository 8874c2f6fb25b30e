package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final TestAuthority authority = TestAuthority.withIntermediate(NOW, 100);

  @Test
  void signsChainsThatValidate() throws Exception {
    ServerCertificate server =
        authority.issue(CertificateSpec.forNames("dot.test").andAddresses("127.0.0.1", "::1"));
    validate(server);
    assertEquals(2, server.chain().size());
    assertEquals(BigInteger.valueOf(102), server.leaf().getSerialNumber());
    assertEquals(3, server.leaf().getSubjectAlternativeNames().size());
    assertEquals(List.of(server.pin(), authority.issuerPin()), server.pins());
  }

  @Test
  void signsCertificatesOutOfTheirTime() {
    for (CertificateSpec spec :
        List.of(
            CertificateSpec.forNames("dot.test").expired(),
            CertificateSpec.forNames("dot.test").notYetValid())) {
      assertThrows(CertPathValidatorException.class, () -> validate(authority.issue(spec)));
    }
  }

  @Test
  void keepsThePinWithTheKeyAlone() {
    CertificateSpec spec = CertificateSpec.forNames("dot.test");
    ServerCertificate first = authority.issue(spec);
    assertEquals(first.pin(), authority.issue(spec.withKey(first.key())).pin());
    assertNotEquals(first.pin(), authority.issue(spec).pin());
    assertEquals("sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", SpkiPins.ofNobody());
  }

  @Test
  void writesTrustStores(@TempDir Path folder) throws Exception {
    TrustStores stores = authority.writeTrustStores(folder);
    try (InputStream pem = Files.newInputStream(stores.pem())) {
      assertEquals(
          authority.root(), CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    for (Path file : List.of(stores.pkcs12(), stores.jks())) {
      KeyStore store = KeyStore.getInstance(file.toFile(), stores.password().toCharArray());
      assertEquals(authority.root(), store.getCertificate("test-root"));
    }
  }

  private void validate(ServerCertificate server) throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.root(), null)));
    parameters.setDate(Date.from(NOW));
    parameters.setRevocationEnabled(false);
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(server.chain());
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }
}
