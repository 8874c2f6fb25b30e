package io.github.dotagent.agent.monitoring.jfr;

import io.github.dotagent.metrics.ConnectionWatch;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * The making of one connection: TCP, TLS and the server's identity. Its stack is always the
 * agent's.
 */
@Name("dotagent.Connection")
@Label("DNS-over-TLS Connection")
@Category({"dot-agent", "DNS over TLS"})
@Description("A new connection to a DNS-over-TLS server, from TCP to the check of its identity")
@StackTrace(false)
final class ConnectionEvent extends Event implements ConnectionWatch {
  @Label("Upstream")
  @Description("The server, as in the setting upstreams")
  String upstream;

  @Label("TLS Version")
  String tlsVersion;

  @Label("Cipher Suite")
  String cipher;

  @Label("Resumed")
  @Description("Whether an earlier TLS session was resumed")
  boolean resumed;

  @Label("Matched Pin")
  @Description("The configured pin that the server matched")
  String matchedPin;

  @Label("Failure")
  @Description("Why there is no connection; empty when there is one")
  String failure;

  @Override
  public void connected(
      String upstream, String tlsVersion, String cipher, boolean resumed, String matchedPin) {
    end();
    if (shouldCommit()) {
      this.upstream = upstream;
      this.tlsVersion = tlsVersion;
      this.cipher = cipher;
      this.resumed = resumed;
      this.matchedPin = matchedPin;
      commit();
    }
  }

  @Override
  public void failed(String upstream, String reason) {
    end();
    if (shouldCommit()) {
      this.upstream = upstream;
      this.failure = reason;
      commit();
    }
  }
}
