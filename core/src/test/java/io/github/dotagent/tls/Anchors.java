package io.github.dotagent.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** A trust store in memory. */
final class Anchors {
  private Anchors() {}

  static KeyStore of(TestCertificate... trusted) {
    return of("JKS", trusted);
  }

  static KeyStore of(String type, TestCertificate... trusted) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      for (TestCertificate one : trusted) {
        store.setCertificateEntry("trusted-" + store.size(), one.certificate());
      }
      return store;
    } catch (IOException | GeneralSecurityException everyJavaCan) {
      throw new AssertionError(everyJavaCan);
    }
  }
}
