package io.github.dotagent.tls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;

/**
 * The authorities to trust, read from a file: the user's, or the running JDK's own {@code cacerts}.
 * Never the application's {@code javax.net.ssl.trustStore}, and never the default SSLContext, which
 * must stay untouched until the program has set its properties (Elastic APM agent #1202).
 */
final class TrustAnchors {
  private static final String PEM = "PEM";
  private static final String PEM_BEGIN = "-----BEGIN";

  /** Enough for the text that people keep above the first certificate of a bundle. */
  private static final int LOOKED_AT_FOR_PEM = 16_384;

  private TrustAnchors() {}

  /**
   * @throws TlsFailure when the file cannot be read or holds no certificate; the message names it
   */
  static KeyStore read(TlsPolicy policy) throws TlsFailure {
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    Path file = spec == null ? jdkCacerts() : spec.file();
    try {
      KeyStore store = spec == null ? keyStore(file, "JKS", null) : read(spec);
      if (store.size() == 0) {
        boolean locked = spec != null && !spec.password().isPresent();
        String unless = locked ? " that can be read without a password" : "";
        throw failure(file, "holds no certificate" + unless, null);
      }
      return store;
    } catch (IOException | GeneralSecurityException unreadable) {
      if (unreadable instanceof TlsFailure) {
        throw (TlsFailure) unreadable;
      }
      // this one's message is the path, and nothing more
      boolean absent = unreadable instanceof NoSuchFileException;
      String why = absent ? "no such file" : unreadable.getMessage();
      throw failure(file, "cannot be read: " + why, unreadable);
    }
  }

  static Path jdkCacerts() {
    return Paths.get(System.getProperty("java.home"), "lib", "security", "cacerts");
  }

  private static KeyStore read(TrustStoreSpec spec) throws IOException, GeneralSecurityException {
    if (isPem(spec)) {
      return pemBundle(spec.file());
    }
    String type = typeOf(spec);
    // "JKS" is a dual format since Java 8: it reads PKCS12 as well (keystore.type.compat)
    return keyStore(spec.file(), type.isEmpty() ? "JKS" : type, spec.password().orElse(null));
  }

  /** By its type, or where none is given by its content. */
  static boolean isPem(TrustStoreSpec spec) throws IOException {
    String type = typeOf(spec);
    return type.equals(PEM) || (type.isEmpty() && looksLikePem(spec.file()));
  }

  private static String typeOf(TrustStoreSpec spec) {
    return spec.type().orElse("").toUpperCase(Locale.ROOT);
  }

  private static boolean looksLikePem(Path file) throws IOException {
    byte[] head = new byte[LOOKED_AT_FOR_PEM];
    int length = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = 0; read >= 0 && length < head.length; length += read) {
        read = in.read(head, length, head.length - length);
        if (read < 0) {
          break;
        }
      }
    }
    return new String(head, 0, length, StandardCharsets.ISO_8859_1).contains(PEM_BEGIN);
  }

  private static KeyStore keyStore(Path file, String type, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      store.load(in, password);
    }
    return store;
  }

  private static KeyStore pemBundle(Path file) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    return of(certificates);
  }

  /** This one alone. */
  static KeyStore of(Certificate authority) throws GeneralSecurityException {
    try {
      return of(Collections.singleton(authority));
    } catch (IOException nothingIsRead) {
      throw new GeneralSecurityException(nothingIsRead);
    }
  }

  private static KeyStore of(Collection<? extends Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    return store;
  }

  static TlsFailure failure(Path file, String why, Throwable cause) {
    return new TlsFailure(TlsFailure.Kind.UNTRUSTED, "trust store " + file + ' ' + why, cause);
  }
}
