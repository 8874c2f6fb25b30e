package io.github.dotagent.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * Checks the trust store and client certificates before the program starts. It compares each
 * certificate of a PEM bundle with the usual form, and looks at the beginning of the JDK's own
 * store. Reading them with the JDK's classes takes ten times as long, and happens in the
 * background. Only unusual or damaged certificates of a PEM bundle are read with the JDK's classes
 * at once.
 */
public final class TrustStoreCheck {
  /** Behind the magic number are the version and the number of entries. */
  private static final int JKS_COUNT_AT = 8;

  private static final int JKS_HEADER = JKS_COUNT_AT + 4; // the count is an int

  private TrustStoreCheck() {}

  /** The store that is used if the settings name none. */
  public static Path ofThisJdk() {
    return TrustAnchors.jdkCacerts();
  }

  /** Whether the check must read the whole store, with the JDK's own classes. */
  public static boolean isThorough(TlsPolicy policy) throws TlsFailure {
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    if (!policy.clientCertificates().isEmpty()) {
      return true;
    }
    if (spec == null || policy.authentication() != TlsPolicy.Authentication.NAME) {
      return false;
    }
    TrustStoreFile store = TrustStoreFile.read(spec.file());
    return store.form(spec.type()) != TrustStoreFile.Form.PEM
        || !arePlain(PemBundle.certificates(spec.file(), store.octets()));
  }

  private static boolean arePlain(List<byte[]> certificates) {
    for (byte[] certificate : certificates) {
      if (!PlainCertificate.isOne(certificate)) {
        return false;
      }
    }
    return true;
  }

  /**
   * @throws TlsFailure when it cannot be used; the message names the file, and what to do
   */
  public static void check(TlsPolicy policy) throws TlsFailure {
    for (ClientCertificateSpec client : policy.clientCertificates().values()) {
      ClientKey.read(client);
    }
    if (policy.authentication() == TlsPolicy.Authentication.PINS) {
      return; // with pins alone no authority counts
    }
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    if (spec == null || spec.isAdded()) {
      glanceAtStore(TrustAnchors.jdkCacerts());
    }
    if (spec == null) {
      return;
    }
    TrustStoreFile store = TrustStoreFile.read(spec.file());
    if (store.form(spec.type()) == TrustStoreFile.Form.PEM
        && arePlain(PemBundle.certificates(spec.file(), store.octets()))) {
      return;
    }
    TrustAnchors.read(policy);
  }

  /** JKS says how many it holds; a PKCS12 store is left for the background. */
  static void glanceAtStore(Path file) throws TlsFailure {
    byte[] octets = TrustStoreFile.read(file, JKS_HEADER).octets();
    boolean tooShort = octets.length < JKS_HEADER;
    if (tooShort
        || TrustStoreFile.number(octets, 0) == TrustStoreFile.JKS_MAGIC
            && TrustStoreFile.number(octets, JKS_COUNT_AT) == 0) {
      throw TrustStoreFile.failure(
          file, "holds no certificate", "name another with dotagent.trustStore=PATH", null);
    }
  }
}
