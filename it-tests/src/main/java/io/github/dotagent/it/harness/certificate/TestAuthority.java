package io.github.dotagent.it.harness.certificate;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/**
 * A certification authority that exists for one test: a root, and an intermediate below it where
 * asked for. Two authorities never trust each other, even with equal names. Thread-safe.
 */
public final class TestAuthority {
  private static final String ROOT = "CN=Test root";
  private static final X500Principal INTERMEDIATE = new X500Principal("CN=Test intermediate");

  private final Instant now;
  private final AtomicLong serial;
  private final X509Certificate root;
  private final Optional<X509Certificate> intermediate;
  private final CertificateSigner signer;

  private TestAuthority(String rootName, Instant now, long firstSerial, boolean withIntermediate) {
    X500Principal name = new X500Principal(rootName);
    this.now = now;
    this.serial = new AtomicLong(firstSerial);
    KeyPair rootKey = EcKeys.newPair();
    CertificateSigner rootSigner = new CertificateSigner(name, rootKey);
    this.root = rootSigner.signAuthority(name, rootKey, serial.getAndIncrement(), now);
    if (withIntermediate) {
      KeyPair key = EcKeys.newPair();
      this.intermediate =
          Optional.of(rootSigner.signAuthority(INTERMEDIATE, key, serial.getAndIncrement(), now));
      this.signer = new CertificateSigner(INTERMEDIATE, key);
    } else {
      this.intermediate = Optional.empty();
      this.signer = rootSigner;
    }
  }

  /**
   * A root that signs servers itself.
   *
   * @param now the time that validities are counted from
   * @param firstSerial the root's serial number, positive; each certificate takes the next
   */
  public static TestAuthority create(Instant now, long firstSerial) {
    return new TestAuthority(ROOT, now, firstSerial, false);
  }

  /** The same with a name of its own, such as {@code CN=Some proxy}. */
  public static TestAuthority named(String rootName, Instant now, long firstSerial) {
    return new TestAuthority(rootName, now, firstSerial, false);
  }

  /** A root, and an intermediate that signs servers; servers present the intermediate. */
  public static TestAuthority withIntermediate(Instant now, long firstSerial) {
    return new TestAuthority(ROOT, now, firstSerial, true);
  }

  /** Signs a server certificate; a new EC P-256 key unless the spec brings one. */
  public ServerCertificate issue(CertificateSpec spec) {
    KeyPair key = spec.key().orElseGet(EcKeys::newPair);
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(signer.signServer(spec, key, serial.getAndIncrement(), now));
    intermediate.ifPresent(chain::add);
    return new ServerCertificate(key, chain);
  }

  public X509Certificate root() {
    return root;
  }

  /** The pin of the root, which validated chains end in though servers do not present it. */
  public String rootPin() {
    return SpkiPins.of(root);
  }

  /** The pin of the authority that signs servers: the intermediate's where there is one. */
  public String issuerPin() {
    return SpkiPins.of(intermediate.orElse(root));
  }

  /** Writes {@code ca.pem}, {@code ca.p12} and {@code ca.jks}, each holding the root alone. */
  public TrustStores writeTrustStores(Path folder) {
    return TrustStores.write(folder, root);
  }
}
