package io.github.dotagent.tls;

import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's own security providers, each requested by name: a program may put its own provider
 * before them at any time, and that one must neither carry the agent's connections nor decide which
 * servers it trusts. In a JVM without one of them (FIPS), the configured providers supply the
 * services that the others lack. Immutable.
 */
final class JdkProviders {
  /** Logged once if {@link #canBeAlone} is false. */
  static final String NOT_ALONE =
      "this Java keeps sun.security.jca.Providers from the agent: if the program puts a security"
          + " provider before the JDK's, that one checks the signature with which a server proves"
          + " that it has its key";

  // the JDK's own that TLS and its keys need
  private static final String[] NAMES = {"SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE"};

  /**
   * The services that a connection uses. Each is in one of the five providers; if all are there, no
   * other provider is needed.
   */
  private static final String[][] SERVICES = {
    {"CertificateFactory", "X.509"},
    {"CertPathValidator", "PKIX"},
    {"KeyStore", "JKS"},
    {"MessageDigest", "SHA-256"},
    {"SecureRandom", "SHA1PRNG"},
    {"Signature", "SHA256withRSA"},
    {"Signature", "SHA256withECDSA"},
    {"KeyAgreement", "ECDH"},
    {"Cipher", "AES"},
    {"Mac", "HmacSHA256"},
    {"SSLContext", "TLSv1.2"},
    {"TrustManagerFactory", "PKIX"}
  };

  /** Up to Java 21 these loaders load SunEC, and not the bootstrap loader. */
  private static final List<String> PLATFORM_LOADERS =
      Arrays.asList(
          "jdk.internal.loader.ClassLoaders$PlatformClassLoader",
          "sun.misc.Launcher$ExtClassLoader");

  /**
   * Classes in which JSSE looks at the providers once for the whole JVM. The program may have more
   * providers than the agent uses, so these classes are initialised before a handshake begins and
   * see all of them.
   */
  private static final String[] MADE_ONCE = {
    "sun.security.ssl.JsseJce",
    "sun.security.ssl.NamedGroup",
    "sun.security.ssl.SignatureScheme",
    "sun.security.ssl.SSLCipher",
    "sun.security.ssl.CipherSuite",
    "sun.security.ssl.X509Authentication",
    "sun.security.ssl.PredefinedDHParameterSpecs",
    "sun.security.util.ECUtil",
    "sun.security.x509.AlgorithmId",
    "sun.security.jca.JCAUtil$CachedSecureRandomHolder",
    "javax.crypto.JceSecurity"
  };

  private final List<Provider> providers;
  private final boolean complete;
  private final ThreadList threadList; // null: this JDK does not open it

  private JdkProviders(List<Provider> providers, boolean complete, ThreadList threadList) {
    this.providers = providers;
    this.complete = complete;
    this.threadList = threadList;
  }

  /** The providers at the first call: one that is removed later still serves. */
  static JdkProviders ofThisJvm() {
    return Holder.FIRST;
  }

  /** The present providers. */
  static JdkProviders now() {
    List<Provider> own = new ArrayList<>();
    for (String name : NAMES) {
      Provider provider = Security.getProvider(name);
      if (provider != null && isOfTheJdk(provider.getClass())) {
        own.add(provider);
      }
    }
    boolean complete = true;
    for (String[] service : SERVICES) {
      complete &= has(own, service[0], service[1]) != null;
    }
    if (!complete) {
      for (Provider provider : Security.getProviders()) {
        if (!own.contains(provider)) {
          own.add(provider);
        }
      }
    }
    return new JdkProviders(own, complete, ThreadList.of(own));
  }

  /** Another provider may have the name of one that was removed. */
  private static boolean isOfTheJdk(Class<?> provider) {
    ClassLoader loader = provider.getClassLoader();
    return loader == null
        || loader.getClass().getClassLoader() == null
            && PLATFORM_LOADERS.contains(loader.getClass().getName());
  }

  private static Provider has(List<Provider> providers, String service, String algorithm) {
    for (Provider provider : providers) {
      if (provider.getService(service, algorithm) != null) {
        return provider;
      }
    }
    return null;
  }

  /** Whether the JDK itself has everything that is needed. */
  boolean areComplete() {
    return complete;
  }

  /** Whether a thread can be limited to these providers ({@link #begin}). */
  boolean canBeAlone() {
    return threadList != null;
  }

  private Provider with(String service, String algorithm) throws NoSuchAlgorithmException {
    Provider provider = has(providers, service, algorithm);
    if (provider == null) {
      throw new NoSuchAlgorithmException(algorithm + ' ' + service + " not available");
    }
    return provider;
  }

  SSLContext sslContext(String protocol) throws NoSuchAlgorithmException {
    return SSLContext.getInstance(protocol, with("SSLContext", protocol));
  }

  boolean hasSslContext(String protocol) {
    return has(providers, "SSLContext", protocol) != null;
  }

  TrustManagerFactory trustManagers() throws NoSuchAlgorithmException {
    return TrustManagerFactory.getInstance("PKIX", with("TrustManagerFactory", "PKIX"));
  }

  CertPathValidator pathValidator() throws NoSuchAlgorithmException {
    return CertPathValidator.getInstance("PKIX", with("CertPathValidator", "PKIX"));
  }

  CertificateFactory certificates() throws CertificateException {
    try {
      return CertificateFactory.getInstance("X.509", with("CertificateFactory", "X.509"));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new CertificateException(everyJavaHasIt);
    }
  }

  KeyStore keyStore(String type) throws KeyStoreException {
    try {
      return KeyStore.getInstance(type, with("KeyStore", type));
    } catch (NoSuchAlgorithmException notThere) {
      throw new KeyStoreException(notThere.getMessage(), notThere);
    }
  }

  MessageDigest sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256", with("MessageDigest", "SHA-256"));
  }

  /**
   * For the secrets of connections: the first random source of the JDK, as in a JVM without other
   * providers.
   */
  SecureRandom random() {
    Alone alone = begin();
    try {
      return new SecureRandom();
    } finally {
      alone.end();
    }
  }

  /**
   * The same certificate, read by the JDK: the object of another provider may not match its octets.
   */
  X509Certificate own(X509Certificate certificate) throws CertificateException {
    if (certificate.getClass().getClassLoader() == null) {
      return certificate;
    }
    return (X509Certificate)
        certificates().generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
  }

  /** Whether the signer's key has signed the certificate. */
  boolean hasSigned(X509Certificate signer, X509Certificate signed) {
    try {
      signed.verify(signer.getPublicKey(), with("Signature", signed.getSigAlgName()));
      return true;
    } catch (GeneralSecurityException itHasNot) {
      return false;
    }
  }

  /**
   * From now on, and until the end, this thread has no other providers: JSSE asks for signatures,
   * digests, ciphers and validators without a name. The JDK does the same for signed jar files
   * (sun.security.util.SignatureFileVerifier).
   *
   * @return must be ended by the same thread; its {@link Alone#isSo} is false if this JDK does not
   *     allow it
   */
  Alone begin() {
    return threadList == null ? new Alone(null, null) : new Alone(threadList, threadList.begin());
  }

  /**
   * The same with one more provider before them.
   *
   * @return its {@link Alone#isSo} is false if this JDK does not allow it
   */
  Alone beginWith(Provider first) {
    List<Provider> all = new ArrayList<>(providers);
    all.add(0, first);
    ThreadList list = threadList == null ? null : ThreadList.of(all);
    return list == null ? new Alone(null, null) : new Alone(list, list.begin());
  }

  /** The same for a handshake. */
  Alone beginHandshake() {
    for (String name : threadList == null ? new String[0] : MADE_ONCE) {
      try {
        Class.forName(name, true, null);
      } catch (ClassNotFoundException | SecurityException | LinkageError notInThisJdk) {
        // releases differ, and a class that cannot be initialised fails the handshake with a reason
      }
    }
    return begin();
  }

  /** Loaded late: the agent opens the needed packages before it looks at the first certificate. */
  private static final class Holder {
    static final JdkProviders FIRST = now();
  }

  /** A period during which a thread has only the JDK's providers. */
  static final class Alone {
    private final ThreadList list; // null: it has all
    private final Object before;

    private Alone(ThreadList list, Object before) {
      this.list = list;
      this.before = before;
    }

    boolean isSo() {
      return list != null;
    }

    void end() {
      if (list != null) {
        list.end(before);
      }
    }
  }

  /** {@code sun.security.jca.Providers}, which has a list for each thread; opened by the agent. */
  private static final class ThreadList {
    private final Object list;
    private final Method begin;
    private final Method end;

    private ThreadList(Object list, Method begin, Method end) {
      this.list = list;
      this.begin = begin;
      this.end = end;
    }

    /** Null if it is not available. */
    static ThreadList of(List<Provider> providers) {
      try {
        Class<?> lists = Class.forName("sun.security.jca.Providers", true, null);
        Class<?> type = Class.forName("sun.security.jca.ProviderList", true, null);
        Provider[] all = providers.toArray(new Provider[0]);
        ThreadList made =
            new ThreadList(
                type.getMethod("newList", Provider[].class).invoke(null, (Object) all),
                lists.getMethod("beginThreadProviderList", type),
                lists.getMethod("endThreadProviderList", type));
        made.end(made.begin()); // throws here rather than later
        return made;
      } catch (ReflectiveOperationException | RuntimeException | LinkageError closedOrUnknown) {
        return null;
      }
    }

    Object begin() {
      return call(begin, list);
    }

    void end(Object before) {
      call(end, before);
    }

    private static Object call(Method method, Object argument) {
      try {
        return method.invoke(null, argument);
      } catch (IllegalAccessException | InvocationTargetException unknownJdk) {
        throw new IllegalStateException(unknownJdk);
      }
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(providers.toArray());
  }
}
