package io.github.dotagent.it.programs;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The least that a question over TLS costs in this JVM: the thread that asks writes and reads by
 * itself, on a socket of the JDK's own, and looks at no more of the response than its id and its
 * count of answers.
 */
final class BareTls {
  /** RFC 8467 §4.1, as the agent has it: a short query is padded to one block. */
  private static final int PADDED = 128;

  private static final int OPT_RECORD = 11; // RFC 6891 §6.1.2
  private static final int OPTION_HEADER = 4;
  private static final int PADDING_OPTION = 12; // RFC 7830 §3
  private static final int UDP_SIZE = 1232;
  private static final int LENGTH = 2; // RFC 7766 §8

  private final OutputStream out;
  private final DataInputStream in;

  private BareTls(SSLSocket socket) throws IOException {
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /**
   * @param trust a PEM file with the authority of the server's certificate
   * @param name that the certificate must hold
   */
  static BareTls connect(int port, Path trust, String name)
      throws IOException, GeneralSecurityException {
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (InputStream pem = Files.newInputStream(trust)) {
      authorities.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    Socket tcp = new Socket("127.0.0.1", port);
    tcp.setTcpNoDelay(true);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, name, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // without it no name is checked
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new BareTls(socket);
  }

  void ask(String name, int type) throws IOException {
    out.write(frame(DnsOctets.query(name, type, DnsOctets.RECURSION_DESIRED)));
  }

  /**
   * @throws IOException when what comes is no answer
   */
  void awaitAnswer() throws IOException {
    byte[] response = new byte[in.readUnsignedShort()];
    in.readFully(response);
    if (!DnsOctets.answer(response, null).startsWith("rcode 0, 1 answers")) {
      throw new IOException(DnsOctets.answer(response, null));
    }
  }

  private static byte[] frame(byte[] query) {
    byte[] frame = new byte[LENGTH + PADDED];
    frame[1] = (byte) PADDED;
    System.arraycopy(query, 0, frame, LENGTH, query.length);
    frame[LENGTH + DnsOctets.HEADER - 1] = 1; // additional records: one
    int opt = LENGTH + query.length + 1; // behind the root, its owner
    frame[opt + 1] = 41;
    frame[opt + 2] = (byte) (UDP_SIZE >> 8);
    frame[opt + 3] = (byte) UDP_SIZE;
    int data = opt - 1 + OPT_RECORD;
    frame[data - 1] = (byte) (frame.length - data);
    frame[data + 1] = PADDING_OPTION;
    frame[data + 3] = (byte) (frame.length - data - OPTION_HEADER);
    return frame;
  }
}
