package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The authorities to trust, read from a file: the user's, or the running JDK's own {@code cacerts}.
 * Never the application's {@code javax.net.ssl.trustStore}, and never the default SSLContext, which
 * must stay untouched until the program has set its properties (Elastic APM agent #1202).
 */
final class TrustAnchors {
  private TrustAnchors() {}

  /** Whether two stores hold the same authorities, in any order and under any names. */
  static boolean areSame(KeyStore one, KeyStore other) {
    try {
      return certificates(one).equals(certificates(other));
    } catch (KeyStoreException neverOfOneThatIsLoaded) {
      return false;
    }
  }

  /** Whether the store trusts this certificate. */
  static boolean holds(KeyStore store, Certificate certificate) {
    try {
      return certificates(store).contains(certificate);
    } catch (KeyStoreException neverOfOneThatIsLoaded) {
      return false;
    }
  }

  private static Set<Certificate> certificates(KeyStore store) throws KeyStoreException {
    Set<Certificate> all = new HashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)) {
        all.add(store.getCertificate(alias));
      }
    }
    return all;
  }

  /**
   * @throws TlsFailure when the file cannot be read or holds no certificate; the message names it,
   *     and what to do
   */
  static KeyStore read(TlsPolicy policy) throws TlsFailure {
    JdkProviders providers = JdkProviders.ofThisJvm();
    JdkProviders.Alone alone = providers.begin();
    try {
      return read(policy, providers);
    } catch (StackOverflowError deep) {
      // a certificate in the store: some releases read nested indefinite lengths by recursion
      // (17.0.15, sun.security.provider.X509Factory), and 32 KB of them are too many
      throw TrustStoreFile.failure(
          policy.trustStore().isPresent() ? policy.trustStore().get().file() : jdkCacerts(),
          "holds a certificate that is damaged: it nests too deep",
          "copy it again, or convert it to PEM: then the message says which one",
          deep);
    } finally {
      alone.end();
    }
  }

  private static KeyStore read(TlsPolicy policy, JdkProviders providers) throws TlsFailure {
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    if (spec == null || !spec.isAdded()) {
      return read(spec, providers);
    }
    List<Certificate> all = new ArrayList<>();
    try {
      for (KeyStore store :
          Arrays.asList(read(spec, providers), read((TrustStoreSpec) null, providers))) {
        for (String alias : Collections.list(store.aliases())) {
          if (store.isCertificateEntry(alias)) {
            all.add(store.getCertificate(alias));
          }
        }
      }
      return of(all, providers);
    } catch (TlsFailure told) {
      throw told;
    } catch (IOException | GeneralSecurityException unknownJdk) {
      throw TrustStoreFile.failure(
          spec.file(), "cannot be added: " + unknownJdk, "use a complete JDK", unknownJdk);
    }
  }

  /**
   * @param spec null: the JDK's own
   */
  private static KeyStore read(TrustStoreSpec spec, JdkProviders providers) throws TlsFailure {
    Path file = spec == null ? jdkCacerts() : spec.file();
    TrustStoreFile store = TrustStoreFile.read(file);
    if (spec == null) {
      return keyStore(file, store.form(Optional.<String>empty()), store.octets(), null, providers);
    }
    TrustStoreFile.Form form = store.form(spec.type());
    return form == TrustStoreFile.Form.PEM
        ? pemBundle(file, store.octets(), providers)
        : keyStore(file, form, store.octets(), spec.password().orElse(null), providers);
  }

  static Path jdkCacerts() {
    return Paths.get(System.getProperty("java.home"), "lib", "security", "cacerts");
  }

  /** By its content: the program may have set {@code keystore.type.compat=false}. */
  private static KeyStore keyStore(
      Path file, TrustStoreFile.Form form, byte[] octets, char[] password, JdkProviders providers)
      throws TlsFailure {
    String problem =
        form == TrustStoreFile.Form.PKCS12
            ? Pkcs12Iterations.problem(octets, password != null)
            : null;
    if (problem != null) {
      throw TrustStoreFile.failure(
          file, problem, "convert it to PEM (openssl pkcs12 -nokeys)", null);
    }
    KeyStore store;
    try {
      store = providers.keyStore(form.name());
      store.load(new ByteArrayInputStream(octets), password);
      refuseWithoutAuthority(file, store, password == null);
      return store;
    } catch (TlsFailure told) {
      throw told;
    } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
      throw unreadable(file, form, octets, password, providers, unreadable);
    }
  }

  /** For damaged octets the JDK throws exceptions of any kind, often without a message. */
  private static TlsFailure unreadable(
      Path file,
      TrustStoreFile.Form form,
      byte[] octets,
      char[] password,
      JdkProviders providers,
      Exception cause) {
    String entry = form == TrustStoreFile.Form.JKS ? damagedEntry(octets, providers) : null;
    if (entry != null) {
      return damaged(file, "under the alias " + TerminalText.of(entry), cause);
    }
    if (isOfPassword(cause)) {
      return password == null
          ? TrustStoreFile.failure(
              file,
              "cannot be read without its password",
              "give it with dotagent.trustStorePassword",
              cause)
          : TrustStoreFile.failure(
              file,
              "cannot be read: the password is wrong, or it is damaged",
              "correct dotagent.trustStorePassword",
              cause);
    }
    if (!isOfCertificate(cause)) {
      return TrustStoreFile.failure(
          file,
          "is damaged, or of a form that this Java does not know",
          "copy it again, or convert it to PEM",
          cause);
    }
    int number = form == TrustStoreFile.Form.PKCS12 ? damagedOf(octets, password, providers) : 0;
    return number > 0
        ? damaged(file, "number " + number, cause)
        : TrustStoreFile.failure(
            file,
            "holds a certificate that is damaged, or of a kind that this Java does not know",
            "copy it again, or convert it to PEM (openssl pkcs12 -nokeys): then the message says"
                + " which one",
            cause);
  }

  /** The number of the first certificate of a PKCS12 store that cannot be read; 0: not known. */
  private static int damagedOf(byte[] octets, char[] password, JdkProviders providers) {
    CountedCertificates counted = null;
    try {
      counted = new CountedCertificates(providers.certificates());
      JdkProviders.Alone alone = providers.beginWith(counted);
      try {
        providers
            .keyStore(TrustStoreFile.Form.PKCS12.name())
            .load(new ByteArrayInputStream(octets), password);
      } finally {
        alone.end();
      }
    } catch (IOException | GeneralSecurityException | RuntimeException asBefore) {
      // the first reading failed in the same way
    }
    return counted == null ? 0 : counted.firstDamaged();
  }

  private static boolean isOfCertificate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  /** The alias of the first certificate that cannot be read; null: there is none. */
  private static String damagedEntry(byte[] octets, JdkProviders providers) {
    try {
      CertificateFactory factory = providers.certificates();
      for (Map.Entry<String, byte[]> entry : JksEntries.certificates(octets).entrySet()) {
        try {
          factory.generateCertificate(new ByteArrayInputStream(entry.getValue()));
        } catch (CertificateException | RuntimeException damaged) {
          return entry.getKey();
        }
      }
    } catch (IOException | GeneralSecurityException unknown) {
      // the store itself is damaged, and not one certificate of it
    }
    return null;
  }

  /**
   * Whether the password is wrong. Java 8 says so only in the text, where it names the wrong
   * padding.
   */
  private static boolean isOfPassword(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (cause instanceof UnrecoverableKeyException
          || words.contains("password")
          || words.contains("failed to decrypt")) {
        return true;
      }
    }
    return false;
  }

  private static void refuseWithoutAuthority(Path file, KeyStore store, boolean withoutPassword)
      throws KeyStoreException, TlsFailure {
    boolean hasKey = false;
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)) {
        return;
      }
      hasKey |= store.isKeyEntry(alias);
    }
    if (hasKey) {
      throw TrustStoreFile.failure(
          file,
          "holds a private key and no certificate of an authority",
          "import those with keytool -importcert, or name a PEM file of them",
          null);
    }
    throw TrustStoreFile.failure(
        file,
        "holds no certificate"
            + (withoutPassword
                ? " that can be read without a password"
                : " that is marked trusted"),
        (withoutPassword ? "give dotagent.trustStorePassword, or " : "")
            + "import the authorities with keytool -importcert",
        null);
  }

  private static KeyStore pemBundle(Path file, byte[] octets, JdkProviders providers)
      throws TlsFailure {
    List<byte[]> bundle = PemBundle.certificates(file, octets);
    List<Certificate> certificates = new ArrayList<>(bundle.size());
    try {
      CertificateFactory factory = providers.certificates();
      for (byte[] der : bundle) {
        certificates.add(certificate(file, factory, der, certificates.size() + 1));
      }
      return of(certificates, providers);
    } catch (TlsFailure told) {
      throw told;
    } catch (IOException | GeneralSecurityException unknownJdk) {
      throw TrustStoreFile.failure(
          file, "cannot be read: " + unknownJdk, "use a complete JDK", unknownJdk);
    }
  }

  private static Certificate certificate(
      Path file, CertificateFactory factory, byte[] der, int number) throws TlsFailure {
    try {
      return factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | RuntimeException damaged) {
      throw damaged(file, "number " + number, damaged);
    }
  }

  /**
   * The message has the agent's words. The JDK's words are about its internals, and stay in the
   * cause.
   *
   * @param which of the certificates
   */
  private static TlsFailure damaged(Path file, String which, Exception cause) {
    return TrustStoreFile.failure(
        file,
        "holds a certificate that is damaged, or of a kind that this Java does not know, " + which,
        "copy it again, or take it out",
        cause);
  }

  private static KeyStore of(List<Certificate> certificates, JdkProviders providers)
      throws IOException, GeneralSecurityException {
    KeyStore store = providers.keyStore("JKS");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    return store;
  }
}
