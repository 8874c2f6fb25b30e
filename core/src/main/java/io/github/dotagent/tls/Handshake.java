package io.github.dotagent.tls;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What we offer a server in the TLS handshake. Said here in full, for the JDK's own defaults follow
 * system properties that a program may set for connections of its own ({@code
 * jdk.tls.client.protocols}, {@code jdk.tls.client.cipherSuites}).
 */
final class Handshake {
  /** How JSSE words the alert of a server that knows other protocols only (RFC 7301 §3.2). */
  static final String ALPN_ALERT = "no_application_protocol";

  /** IANA's name for DNS over TLS, in "TLS ALPN Protocol IDs". */
  private static final String[] ALPN = {"dot"};

  /** RFC 8310 §9, RFC 8996: nothing older than 1.2; 1.3 came to Java 8 with 8u262. */
  private static final List<String> VERSIONS = Arrays.asList("TLSv1.3", "TLSv1.2");

  /** Those of RFC 9325 §4.2 and of TLS 1.3: forward secret and authenticated, no others. */
  private static final List<String> SUITES =
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
    if (suites.length > 0) { // a provider of other names (FIPS): as it was set up
      parameters.setCipherSuites(suites);
    }
    if (authentication == TlsPolicy.Authentication.NAME) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (name != null) {
      // said and not left to JSSE, which takes a name without a dot for none
      parameters.setServerNames(Collections.<SNIServerName>singletonList(new SNIHostName(name)));
    }
    if (alpn) {
      offerAlpn(parameters);
    }
    return parameters;
  }

  private static String[] known(List<String> wanted, String[] supported) {
    List<String> known = new ArrayList<>(wanted);
    known.retainAll(Arrays.asList(supported));
    return known.toArray(new String[0]);
  }

  /** By reflection: it came to Java 8 with 8u251, and to the class files of Java 8 never. */
  private static void offerAlpn(SSLParameters parameters) {
    try {
      Method set = SSLParameters.class.getMethod("setApplicationProtocols", String[].class);
      set.invoke(parameters, (Object) ALPN);
    } catch (ReflectiveOperationException olderJava8) {
      // it is optional: port 853 says the same (RFC 7858 §3.1)
    }
  }
}
