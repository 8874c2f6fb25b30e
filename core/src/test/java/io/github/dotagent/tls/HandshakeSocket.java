package io.github.dotagent.tls;

import java.io.IOException;
import java.lang.reflect.Proxy;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** As much of a socket in its handshake as the JDK's trust manager asks for; never connected. */
class HandshakeSocket extends SSLSocket {
  private final String peer;
  private final String version;
  private final SSLParameters parameters = new SSLParameters();

  /**
   * @param peer the name or address that the server was asked for by
   */
  HandshakeSocket(String peer) {
    this(peer, "TLSv1.3");
  }

  HandshakeSocket(String peer, String version) {
    this.peer = peer;
    this.version = version;
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public SSLParameters getSSLParameters() {
    return parameters;
  }

  @Override
  public SSLSession getHandshakeSession() {
    return (SSLSession)
        Proxy.newProxyInstance(
            HandshakeSocket.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getPeerHost" -> peer;
                  case "getProtocol" -> version;
                  default -> throw new AssertionError("unexpected: " + method);
                });
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return new String[0];
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return new String[0];
  }

  @Override
  public String[] getSupportedProtocols() {
    return new String[0];
  }

  @Override
  public String[] getEnabledProtocols() {
    return new String[0];
  }

  @Override
  public SSLSession getSession() {
    throw new AssertionError("the handshake is not over");
  }

  @Override
  public void startHandshake() throws IOException {
    throw new AssertionError("it has begun");
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {}

  @Override
  public void setEnabledProtocols(String[] protocols) {}

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {}

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {}

  @Override
  public void setUseClientMode(boolean mode) {}

  @Override
  public boolean getUseClientMode() {
    return true;
  }

  @Override
  public void setNeedClientAuth(boolean need) {}

  @Override
  public boolean getNeedClientAuth() {
    return false;
  }

  @Override
  public void setWantClientAuth(boolean want) {}

  @Override
  public boolean getWantClientAuth() {
    return false;
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {}

  @Override
  public boolean getEnableSessionCreation() {
    return true;
  }
}
