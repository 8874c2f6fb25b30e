package io.github.dotagent.agent.monitoring.jmx;

/**
 * {@code io.github.dotagent:type=Upstream,address="…"}, of a zone with {@code ,zone="…"}: one
 * server. All counts are since the start. The attributes are described in docs/watching.md.
 */
@Description("A DNS-over-TLS server")
public interface UpstreamMXBean {
  @Description("The server, as in the setting upstreams")
  String getAddress();

  @Description("The zone whose names it is asked for; empty: all names that no zone has")
  String getZone();

  @Description("in use, ready, untried, late, backing off, unreachable or untrusted")
  String getState();

  @Description("Open connections")
  int getConnections();

  @Description("Queries in flight")
  int getQueriesInFlight();

  @Description("Milliseconds from query to response, smoothed; NaN if it never answered")
  double getRoundTripMillis();

  @Description("Queries sent to it")
  long getQueries();

  @Description("Queries and connections that failed")
  long getFailures();

  @Description("TLS version of the last connection; empty when there was none")
  String getTlsVersion();

  @Description("Days until the certificate that it presented last expires; NaN if there was none")
  double getCertificateDaysLeft();

  @Description("The client certificate sent to it last; empty if there was no connection")
  String getClientCertificate();

  @Description("Days until the client certificate sent to it last expires; NaN if none was sent")
  double getClientCertificateDaysLeft();

  @Description("The pins that it presented last, its own key's first")
  String[] getPresentedPins();

  @Description("The configured pin that it matched last; empty if none")
  String getMatchedPin();

  @Description("How many of the configured pins hold for it")
  int getPinsSet();

  @Description("Its last error: time and text; empty if none")
  String getLastError();
}
