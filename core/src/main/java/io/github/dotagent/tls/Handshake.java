package io.github.dotagent.tls;

import io.github.dotagent.net.JavaRelease;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The parameters that the agent offers in the TLS handshake. All are set explicitly, because the
 * JDK's own defaults follow system properties that a program may set for its own connections
 * ({@code jdk.tls.client.protocols}, {@code jdk.tls.client.cipherSuites}; from Java 19 and 20 on
 * {@code jdk.tls.client.SignatureSchemes} and {@code jdk.tls.namedGroups}, too). {@link
 * TlsProperties} checks those that cannot be set for one connection.
 */
final class Handshake {
  /** JSSE's words for the alert of a server that knows only other protocols (RFC 7301 §3.2). */
  static final String ALPN_ALERT = "no_application_protocol";

  /** IANA's name for DNS over TLS, in "TLS ALPN Protocol IDs". */
  private static final String[] ALPN = {"dot"};

  /** RFC 8310 §9, RFC 8996: nothing older than 1.2; 1.3 came to Java 8 with 8u262. */
  private static final List<String> VERSIONS = Arrays.asList("TLSv1.3", "TLSv1.2");

  /** The suites of RFC 9325 §4.2 and of TLS 1.3: only with forward secrecy and authentication. */
  static final List<String> SUITES =
      Arrays.asList(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /**
   * Used if the program's properties name other groups: the JDK's own preference without finite
   * fields, which no server needs. A Java ignores unknown groups.
   */
  static final List<String> GROUPS =
      Arrays.asList("x25519mlkem768", "x25519", "secp256r1", "secp384r1", "secp521r1");

  /** The same for signatures, as RFC 8446 §4.2.3 names them; none with SHA-1. */
  private static final String[] SCHEMES = {
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp384r1_sha384",
    "ecdsa_secp521r1_sha512",
    "ed25519",
    "ed448",
    "rsa_pss_rsae_sha256",
    "rsa_pss_rsae_sha384",
    "rsa_pss_rsae_sha512",
    "rsa_pss_pss_sha256",
    "rsa_pss_pss_sha384",
    "rsa_pss_pss_sha512",
    "rsa_pkcs1_sha256",
    "rsa_pkcs1_sha384",
    "rsa_pkcs1_sha512"
  };

  private Handshake() {}

  /**
   * @param name the authentication domain name, sent as SNI; null for none
   * @param alpn whether to say that this is DNS over TLS, for a server that serves more on its port
   */
  static SSLParameters parameters(
      SSLSocket socket, TlsPolicy.Authentication authentication, String name, boolean alpn) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(known(VERSIONS, socket.getSupportedProtocols()));
    String[] suites = known(SUITES, socket.getSupportedCipherSuites());
    if (suites.length > 0) { // a provider with other names (FIPS): its own choice
      parameters.setCipherSuites(suites);
    }
    if (authentication == TlsPolicy.Authentication.NAME) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (name != null) {
      // set here and not left to JSSE, which sends no SNI for a name without a dot
      parameters.setServerNames(Collections.<SNIServerName>singletonList(new SNIHostName(name)));
    }
    if (alpn) {
      set(parameters, "setApplicationProtocols", ALPN);
    }
    // only where the program has narrowed them: the JDK's own preference grows with each release
    if (isSet("jdk.tls.namedGroups")) {
      set(parameters, "setNamedGroups", GROUPS.toArray(new String[0]));
    }
    if (isSet("jdk.tls.client.SignatureSchemes")) {
      set(parameters, "setSignatureSchemes", SCHEMES.clone());
    }
    return parameters;
  }

  private static String[] known(List<String> wanted, String[] supported) {
    List<String> known = new ArrayList<>(wanted);
    known.retainAll(Arrays.asList(supported));
    return known.toArray(new String[0]);
  }

  private static boolean isSet(String property) {
    try {
      String value = System.getProperty(property);
      return value != null && !value.isEmpty();
    } catch (SecurityException notForUs) { // a program's SecurityManager
      return false;
    }
  }

  /** By reflection: Java 8 has ALPN since 8u251, and never got the others. */
  private static void set(SSLParameters parameters, String setter, String[] values) {
    try {
      SSLParameters.class.getMethod(setter, String[].class).invoke(parameters, (Object) values);
    } catch (ReflectiveOperationException olderJava) {
      // ALPN is optional: port 853 says the same (RFC 7858 §3.1); TlsProperties reports the others
    }
  }

  /** The parameters that can be set for each connection, whatever the program's properties say. */
  static final class Settable {
    private static final int FIRST_WITH_GROUPS = 20; // JDK-8281236
    private static final int FIRST_WITH_SCHEMES = 19; // JDK-8280494

    private final boolean namedGroups;
    private final boolean signatureSchemes;

    Settable(boolean namedGroups, boolean signatureSchemes) {
      this.namedGroups = namedGroups;
      this.signatureSchemes = signatureSchemes;
    }

    /** By the release: the message of a missing method would cost some milliseconds. */
    static Settable ofThisJava() {
      int release = JavaRelease.current();
      return new Settable(release >= FIRST_WITH_GROUPS, release >= FIRST_WITH_SCHEMES);
    }

    /** From Java 20 on. */
    boolean namedGroups() {
      return namedGroups;
    }

    /** From Java 19 on. */
    boolean signatureSchemes() {
      return signatureSchemes;
    }
  }
}
