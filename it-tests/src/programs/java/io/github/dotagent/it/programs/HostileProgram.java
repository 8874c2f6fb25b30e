package io.github.dotagent.it.programs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Changes global state of the JVM, as its first argument says, then looks up the other arguments.
 * The change may come before all other work, so the agent's background threads run with it.
 */
public final class HostileProgram {
  private static final PrintStream OUT = System.out;

  private HostileProgram() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    change(args[0]);
    for (int i = 1; i < args.length; i++) {
      OUT.println(outcome(args[i]));
    }
  }

  private static String outcome(String name) {
    try {
      return "ok " + InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException failure) {
      return "failed " + Failures.withCauses(failure);
    }
  }

  private static void change(String what) throws Exception {
    switch (what) {
      case "sslContext":
        SSLContext none = SSLContext.getInstance("TLS");
        none.init(new KeyManager[0], new TrustManager[] {new TrustsNobody()}, new SecureRandom());
        SSLContext.setDefault(none);
        break;
      case "trustStore":
        System.setProperty("javax.net.ssl.trustStore", "/nonexistent/trust.p12");
        System.setProperty("javax.net.ssl.trustStoreType", "nonsense");
        System.setProperty("javax.net.ssl.keyStore", "/nonexistent/keys.p12");
        break;
      case "provider":
        Security.insertProviderAt(new BrokenProvider(), 1);
        break;
      case "accepting":
        Security.insertProviderAt(new AcceptingProvider(), 1);
        break;
      case "bouncyCastle":
        Class<?> type = Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
        Security.insertProviderAt((Provider) type.getConstructor().newInstance(), 1);
        break;
      case "security":
        Security.setProperty("ssl.TrustManagerFactory.algorithm", "nonsense");
        Security.setProperty("ssl.KeyManagerFactory.algorithm", "nonsense");
        Security.setProperty("keystore.type", "nonsense");
        break;
      case "contextLoader":
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], null));
        break;
      case "properties":
        System.setProperty("javax.net.ssl.trustStore", "/nonexistent");
        System.setProperty("user.dir", "/nonexistent");
        System.setProperty("java.io.tmpdir", "/nonexistent");
        System.setProperty("line.separator", "nonsense");
        System.setProperty("dnsjava.lookup.max_iterations", "0");
        System.setProperty("dns.server", "127.0.0.1");
        System.setProperty("dotagent.upstreams", "127.0.0.1@1");
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        break;
      case "streams":
        System.setOut(new PrintStream(new Throwing(), true));
        System.setErr(new PrintStream(new Throwing(), true));
        System.setIn(null);
        break;
      case "nothing":
        break;
      default:
        System.exit(2);
    }
  }

  private static final class Throwing extends ByteArrayOutputStream {
    @Override
    public void write(int octet) {
      throw new IllegalStateException("written to");
    }

    @Override
    public void write(byte[] octets, int from, int length) {
      throw new IllegalStateException("written to");
    }
  }

  private static final class TrustsNobody implements X509TrustManager {
    @Override
    public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type)
        throws java.security.cert.CertificateException {
      throw new java.security.cert.CertificateException("nobody");
    }

    @Override
    public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type)
        throws java.security.cert.CertificateException {
      throw new java.security.cert.CertificateException("nobody");
    }

    @Override
    public java.security.cert.X509Certificate[] getAcceptedIssuers() {
      return new java.security.cert.X509Certificate[0];
    }
  }
}
