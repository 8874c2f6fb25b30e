package io.github.dotagent.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows a server that asks for a client certificate the one that is set for that server, and never
 * one of the program's. Remembers which servers have asked. Safe for use by any number of threads.
 */
final class ClientKeyManager extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";

  private volatile boolean everAsked;
  private volatile boolean shown;
  private final ClientKey key; // null: there is none to show

  private final Set<Socket> asked =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<Socket, Boolean>()));

  /**
   * @param key null: there is none to show
   */
  ClientKeyManager(ClientKey key) {
    this.key = key;
  }

  /** Whether the server has asked for a certificate in this socket's handshake. */
  boolean wasAsked(Socket socket) {
    return asked.contains(socket);
  }

  /** Whether any server has asked. For an examined connection, which is the only one. */
  boolean wasAskedAtAll() {
    return everAsked;
  }

  /** The certificate that a server got; null: none. */
  X509Certificate shown() {
    return shown ? key.chain().get(0) : null;
  }

  /** Null: there is none to show. */
  ClientKey key() {
    return key;
  }

  /**
   * Ignores the authorities that the server names. The user has set this certificate for that
   * server, and if the server refuses it, the server itself has the best reason.
   */
  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    if (socket != null) {
      asked.add(socket);
    }
    everAsked = true;
    if (key == null) {
      return null;
    }
    String algorithm = key.key().getAlgorithm();
    boolean edwards = algorithm.startsWith("Ed"); // Ed25519 and EdDSA are one to JSSE
    for (String keyType : keyTypes) {
      // in TLS 1.2 of Java 8 an EC key is also asked for as EC_EC and EC_RSA
      String type = keyType.indexOf('_') < 0 ? keyType : keyType.substring(0, keyType.indexOf('_'));
      if (type.equals(algorithm) || edwards && type.startsWith("Ed")) {
        return ALIAS;
      }
    }
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return key != null && ALIAS.equals(alias) ? key.chain().toArray(new X509Certificate[0]) : null;
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    shown |= key != null && ALIAS.equals(alias);
    return key != null && ALIAS.equals(alias) ? key.key() : null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return key == null ? new String[0] : new String[] {ALIAS};
  }

  @Override
  public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
    return null; // dot-agent uses sockets
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return null; // dot-agent is never a server
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
