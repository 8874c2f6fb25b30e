package io.github.dotagent.tls;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A chain as a server presents it, to a lookup and to who examines the server; the first
 * certificate is the one that is trusted.
 */
public final class ChainFuzz implements FuzzTarget {
  private static final String AUTH_TYPE = "ECDHE_ECDSA";
  private static final int MOST = 8;

  private final CertificateFactory factory = CertificateFuzz.factory();
  private byte[] trusted; // what the two below are made for: the making takes longest
  private ServerTrust byName;
  private ServerTrust byPins;

  @Override
  public void read(byte[] octets) throws Exception {
    FuzzInput input = new FuzzInput(octets);
    String peer = input.choice(2) == 0 ? "dns.example" : "192.0.2.1";
    byte[] anchor = input.part();
    List<X509Certificate> chain = new ArrayList<>();
    while (!input.isEmpty() && chain.size() < MOST) {
      X509Certificate certificate = certificate(input.part());
      if (certificate == null) {
        return; // JSSE ends the handshake
      }
      chain.add(certificate);
    }
    if (chain.isEmpty() || !Arrays.equals(anchor, trusted) && !trust(anchor)) {
      return;
    }
    X509Certificate[] presented = chain.toArray(new X509Certificate[0]);
    for (ServerTrust trust : new ServerTrust[] {byName, byPins}) {
      check(() -> trust.checkServerTrusted(presented, AUTH_TYPE, socket(peer)));
      check(() -> trust.checkResumed(presented, peer));
      ExaminedTrust examined = new ExaminedTrust(trust);
      check(() -> examined.checkServerTrusted(presented, AUTH_TYPE, socket(peer)));
      Findings.checkIsLine(examined.chainProblem());
      Findings.checkIsLine(examined.nameProblem());
      SpkiPin.of(examined.presented());
      SpkiPin.of(examined.validated());
    }
  }

  private static Socket socket(String peer) {
    return new HandshakeSocket(peer);
  }

  private boolean trust(byte[] anchor) throws Exception {
    X509Certificate root = certificate(anchor);
    if (root == null) {
      return false;
    }
    KeyStore anchors = KeyStore.getInstance("JKS");
    anchors.load(null, null);
    anchors.setCertificateEntry("root", root);
    byName =
        ServerTrust.byNameAndPins(
            anchors, new PinCheck(Set.of(), PinMode.ENFORCE, new RecordedLog()));
    byPins =
        ServerTrust.byPinsAlone(
            new PinCheck(Set.of(SpkiPin.of(root)), PinMode.ENFORCE, new RecordedLog()));
    trusted = anchor;
    return true;
  }

  private X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | RuntimeException damaged) {
      return null;
    }
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private static void check(Check check) {
    try {
      check.run();
    } catch (CertificateException refused) {
      Findings.checkIsLine(refused.getMessage());
    }
  }

  @Override
  public List<byte[]> found() {
    return List.of(
        framed(Chains.ROOT, Chains.LEAF, Chains.INTERMEDIATE),
        framed(Chains.ROOT, Chains.LEAF, Chains.ROOT, Chains.INTERMEDIATE),
        framed(Chains.ROOT, Chains.LEAF));
  }

  private static byte[] framed(TestCertificate... certificates) {
    byte[] framed = Chains.framed(certificates);
    byte[] input = new byte[1 + framed.length];
    System.arraycopy(framed, 0, input, 1, framed.length);
    return input;
  }

  @Override
  public int variants() {
    return 200;
  }
}
