package io.github.dotagent.tls;

import static io.github.dotagent.tls.TestCertificate.named;
import static io.github.dotagent.tls.TestCertificate.root;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The cost of the agent's own check of a certificate chain, for each connection. Prints medians;
 * docs/trust.md has them.
 */
final class TrustBenchmark {
  private static final String NAME = "dns.example";
  private static final int WARM_UP = 3_000;
  private static final int MEASURED = 3_000;
  private static final double NANOS_PER_MICRO = 1e3;

  private TrustBenchmark() {}

  /** Something to be timed. */
  private interface Work {
    void run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    TestCertificate authority = root("Root");
    TestCertificate middle = named("Middle").authority().signedBy(authority);
    X509Certificate[] made = TestCertificate.chain(named("x").host(NAME).signedBy(middle), middle);
    byte[][] octets = {made[0].getEncoded(), made[1].getEncoded()};
    KeyStore anchors = Anchors.of(authority);
    ServerTrust trust =
        ServerTrust.byNameAndPins(
            anchors, new PinCheck(Set.of(), PinMode.ENFORCE, new RecordedLog()));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    X509ExtendedTrustManager jdk = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    report(
        "the JDK's trust manager",
        () -> jdk.checkServerTrusted(chain(octets), "UNKNOWN", socket()));
    report("the agent's, with the JDK's in it", () -> full(trust, chain(octets)));
    X509Certificate[] known = chain(octets);
    report("a session that is resumed", () -> trust.checkResumed(known, NAME));
  }

  /** Parsed again, as JSSE does: a certificate object keeps the result of its signature check. */
  private static X509Certificate[] chain(byte[][] octets) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    X509Certificate[] chain = new X509Certificate[octets.length];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets[i]));
    }
    return chain;
  }

  private static void full(ServerTrust trust, X509Certificate[] chain) throws Exception {
    Socket socket = socket();
    trust.checkServerTrusted(chain, "UNKNOWN", socket);
    trust.isOver(socket);
  }

  private static Socket socket() {
    return (Socket) new HandshakeSocket(NAME, "TLSv1.3");
  }

  private static void report(String what, Work work) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
    }
    long[] nanos = new long[MEASURED];
    for (int i = 0; i < MEASURED; i++) {
      long begin = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf(Locale.ROOT, "%-34s %8.1f µs%n", what, nanos[MEASURED / 2] / NANOS_PER_MICRO);
  }
}
