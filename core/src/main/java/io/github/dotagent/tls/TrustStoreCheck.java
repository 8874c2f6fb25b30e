package io.github.dotagent.tls;

import java.nio.file.Path;

/**
 * Whether the trust store is one, and client certificates are ones, told before the program starts.
 * Of a PEM bundle the shape of each certificate is looked at, of the JDK's own store the beginning:
 * to read them with the JDK's classes takes ten times as long, and is done in the background.
 */
public final class TrustStoreCheck {
  /** What follows the magic number: the version, and how many entries there are. */
  private static final int JKS_COUNT_AT = 8;

  private static final int JKS_HEADER = JKS_COUNT_AT + 4;

  private TrustStoreCheck() {}

  /** The store that is used where the settings name none. */
  public static Path ofThisJdk() {
    return TrustAnchors.jdkCacerts();
  }

  /** Whether the check has to read the store whole, with the JDK's own classes for that. */
  public static boolean isThorough(TlsPolicy policy) throws TlsFailure {
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    if (!policy.clientCertificates().isEmpty()) {
      return true;
    }
    return spec != null
        && policy.authentication() == TlsPolicy.Authentication.NAME
        && TrustStoreFile.read(spec.file()).form(spec.type()) != TrustStoreFile.Form.PEM;
  }

  /**
   * @throws TlsFailure when it cannot be used; the message names the file, and what to do
   */
  public static void check(TlsPolicy policy) throws TlsFailure {
    for (ClientCertificateSpec client : policy.clientCertificates().values()) {
      ClientKey.read(client);
    }
    if (policy.authentication() == TlsPolicy.Authentication.PINS) {
      return; // no server is trusted for an authority's sake
    }
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    if (spec == null || spec.isAdded()) {
      glanceAtStore(TrustAnchors.jdkCacerts());
    }
    if (spec == null) {
      return;
    }
    TrustStoreFile store = TrustStoreFile.read(spec.file());
    if (store.form(spec.type()) == TrustStoreFile.Form.PEM) {
      PemBundle.certificates(spec.file(), store.octets());
    } else {
      TrustAnchors.read(policy);
    }
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
