package io.github.dotagent.it.harness.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's key and the chain that it presents: the leaf first, then the intermediate where there
 * is one; never the root (RFC 8446 §4.4.2). Immutable.
 */
public record ServerCertificate(KeyPair key, List<X509Certificate> chain) {
  private static final char[] IN_MEMORY_ONLY = "never-written".toCharArray();

  public ServerCertificate {
    chain = List.copyOf(chain);
  }

  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** The leaf's pin, {@code sha256/BASE64}. */
  public String pin() {
    return SpkiPins.of(leaf());
  }

  /** The pins of all presented certificates, the leaf's first. */
  public List<String> pins() {
    return chain.stream().map(SpkiPins::of).toList();
  }

  /** Writes {@code chain.pem} and {@code key.pem}, not encrypted. */
  public PemFiles writePem(Path folder) {
    return PemFiles.write(folder, this);
  }

  /**
   * A new server context: sessions of one never resume in another. It shows the chain whatever that
   * is: of PKCS12 and PKIX the one takes no chain in disorder, the other none that is weak.
   */
  public SSLContext serverContext() {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry(
          "server", key.getPrivate(), IN_MEMORY_ONLY, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, IN_MEMORY_ONLY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException(
          "no TLS context for " + leaf().getSubjectX500Principal(), broken);
    }
  }
}
