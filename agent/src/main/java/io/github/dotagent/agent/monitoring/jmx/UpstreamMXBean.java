package io.github.dotagent.agent.monitoring.jmx;

/**
 * {@code io.github.dotagent:type=Upstream,address="…"}, of a zone with {@code ,zone="…"}: one
 * server. All counts are since the start. The attributes are described in docs/watching.md.
 */
@Description("A DNS-over-TLS server")
public interface UpstreamMXBean {
  @Description("The server as the setting upstreams has it")
  String getAddress();

  @Description("The zone whose names it is asked for; empty: all names that no zone has")
  String getZone();

  @Description("in use, ready, untried, late, backing off, unreachable or untrusted")
  String getState();

  @Description("Connections that are there")
  int getConnections();

  @Description("Queries that wait for an answer")
  int getQueriesInFlight();

  @Description("Milliseconds from query to answer, smoothed; NaN when it never answered")
  double getRoundTripMillis();

  @Description("Queries that it was given")
  long getQueries();

  @Description("Queries and connections that failed")
  long getFailures();

  @Description("TLS version of the last connection; empty when there was none")
  String getTlsVersion();

  @Description("Days until the certificate that it presented last ends; NaN when there was none")
  double getCertificateDaysLeft();

  @Description("The client certificate that it asked for and was shown last; empty: no connection")
  String getClientCertificate();

  @Description("Days until the client certificate that it was shown last ends; NaN: none was")
  double getClientCertificateDaysLeft();

  @Description("The pins that it presented last, its own first")
  String[] getPresentedPins();

  @Description("The pin of those that are set that it presented last; empty: none")
  String getMatchedPin();

  @Description("What went wrong with it last: time and text; empty: nothing yet")
  String getLastError();
}
