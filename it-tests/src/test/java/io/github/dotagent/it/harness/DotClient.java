package io.github.dotagent.it.harness;

import io.github.dotagent.it.harness.server.DotServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A minimal DNS-over-TLS client, to test the server. Every read is bounded. */
final class DotClient implements AutoCloseable {
  private static final int BOUND_MILLIS = 10_000;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private DotClient(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Checks chain and name as HTTPS does, sends the name as SNI and {@code dot} as ALPN. */
  static DotClient connect(DotServer server, X509Certificate trusted, String name, String... tls)
      throws IOException, GeneralSecurityException {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("root", trusted);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    Socket tcp = new Socket();
    tcp.connect(new InetSocketAddress(server.address(), server.port()), BOUND_MILLIS);
    tcp.setSoTimeout(BOUND_MILLIS);
    try {
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(tcp, name, server.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setServerNames(List.of(new SNIHostName(name)));
      parameters.setApplicationProtocols(new String[] {"dot"});
      if (tls.length > 0) {
        parameters.setProtocols(tls);
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new DotClient(socket);
    } catch (IOException refused) {
      tcp.close();
      throw refused;
    }
  }

  void timeoutMillis(int bound) throws IOException {
    socket.setSoTimeout(bound);
  }

  void send(byte[] query) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream prefix = new DataOutputStream(frame);
    prefix.writeShort(query.length);
    prefix.write(query);
    out.write(frame.toByteArray());
    out.flush();
  }

  byte[] receive() throws IOException {
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return message;
  }

  Reply ask(byte[] query) throws IOException {
    send(query);
    return Reply.parse(receive());
  }

  /** A plain query without EDNS; type as a number. */
  static byte[] query(int id, String name, int type) {
    return query(id, name, type, new byte[0]);
  }

  /** A query with these octets as the RDATA of an OPT record. */
  static byte[] queryWithOptions(int id, String name, int type, byte[] options) {
    ByteArrayOutputStream opt = new ByteArrayOutputStream();
    opt.writeBytes(new byte[] {0, 0, 41, 4, (byte) 208, 0, 0, 0, 0});
    opt.write(options.length >> 8);
    opt.write(options.length);
    opt.writeBytes(options);
    return query(id, name, type, opt.toByteArray());
  }

  private static byte[] query(int id, String name, int type, byte[] opt) {
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    query.writeBytes(new byte[] {(byte) (id >> 8), (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0});
    query.write(opt.length > 0 ? 1 : 0);
    for (String label : name.split("\\.", -1)) {
      query.write(label.length());
      query.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    query.writeBytes(new byte[] {0, (byte) (type >> 8), (byte) type, 0, 1});
    query.writeBytes(opt);
    return query.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
