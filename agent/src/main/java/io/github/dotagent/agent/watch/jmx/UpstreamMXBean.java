package io.github.dotagent.agent.watch.jmx;

/**
 * {@code io.github.dotagent:type=Upstream,address="…"}: one server. All counts are since the start.
 * What each attribute tells is in docs/watching.md.
 */
@Meaning("A DNS-over-TLS server")
public interface UpstreamMXBean {
  @Meaning("The server as the setting upstreams has it")
  String getAddress();

  @Meaning("in use, ready, untried, late, standing back, unreachable or untrusted")
  String getState();

  @Meaning("Connections that are there")
  int getConnections();

  @Meaning("Queries that wait for an answer")
  int getQueriesInFlight();

  @Meaning("Milliseconds from query to answer, smoothed; NaN when it never answered")
  double getRoundTripMillis();

  @Meaning("Queries that it was given")
  long getQueries();

  @Meaning("Queries and connections that failed")
  long getFailures();

  @Meaning("TLS version of the last connection; empty when there was none")
  String getTlsVersion();

  @Meaning("Days until the certificate that it presented last ends; NaN when there was none")
  double getCertificateDaysLeft();

  @Meaning("The pins that it presented last, its own first")
  String[] getPresentedPins();

  @Meaning("The pin of those that are set that it presented last; empty: none")
  String getMatchedPin();

  @Meaning("What went wrong with it last: time and text; empty: nothing yet")
  String getLastError();
}
