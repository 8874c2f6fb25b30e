package io.github.dotagent.tls;

import java.io.IOException;

/** Failures as the core makes them, for tests elsewhere. */
public final class ConnectFailures {
  private ConnectFailures() {}

  /** Of a TCP connect. */
  public static TlsFailure ofConnect(IOException failure) {
    return ConnectReason.ofConnect(failure);
  }
}
