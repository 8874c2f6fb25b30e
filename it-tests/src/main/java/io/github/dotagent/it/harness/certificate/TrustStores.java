package io.github.dotagent.it.harness.certificate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/**
 * One trusted certificate, written in the three forms that {@code trustStore} reads. Immutable.
 *
 * @param password of the PKCS12 and JKS files
 */
public record TrustStores(Path pem, Path pkcs12, Path jks, String password) {
  private static final String PASSWORD = "changeit"; // the JDK's own customary one

  static TrustStores write(Path folder, X509Certificate trusted) {
    try {
      Files.createDirectories(folder);
      Path pem = Files.writeString(folder.resolve("ca.pem"), PemFiles.certificate(trusted));
      Path pkcs12 = keyStore("PKCS12", folder.resolve("ca.p12"), trusted);
      Path jks = keyStore("JKS", folder.resolve("ca.jks"), trusted);
      return new TrustStores(pem, pkcs12, jks, PASSWORD);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("cannot write trust stores to " + folder, broken);
    }
  }

  private static Path keyStore(String type, Path file, X509Certificate trusted)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setCertificateEntry("test-root", trusted);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }
}
