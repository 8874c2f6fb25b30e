package io.github.dotagent.agent.monitoring.jmx;

import io.github.dotagent.upstream.UpstreamStatus;

/** One server as a console sees it. Each attribute has its value at the moment of reading. */
final class UpstreamBean implements UpstreamMXBean {
  private final WatchedAgent agent;
  private final String address;
  private final String zone;
  private volatile UpstreamStatus last;

  /**
   * @param first its status now
   */
  UpstreamBean(WatchedAgent agent, UpstreamStatus first) {
    this.agent = agent;
    this.address = first.address();
    this.zone = first.zone();
    this.last = first;
  }

  /** The last status, if the server's name has another address now. */
  private UpstreamStatus status() {
    for (UpstreamStatus upstream : agent.status().upstreams()) {
      if (upstream.address().equals(address) && upstream.zone().equals(zone)) {
        last = upstream;
      }
    }
    return last;
  }

  @Override
  public String getAddress() {
    return address;
  }

  @Override
  public String getZone() {
    return zone;
  }

  @Override
  public String getState() {
    return status().state().toString();
  }

  @Override
  public int getConnections() {
    return status().connections();
  }

  @Override
  public int getQueriesInFlight() {
    return status().queriesInFlight();
  }

  @Override
  public double getRoundTripMillis() {
    return status().roundTripMillis();
  }

  @Override
  public long getQueries() {
    return status().queries();
  }

  @Override
  public long getFailures() {
    return status().failures();
  }

  @Override
  public String getTlsVersion() {
    return status().tlsVersion();
  }

  @Override
  public double getCertificateDaysLeft() {
    return status().certificateDaysLeft(System.currentTimeMillis());
  }

  @Override
  public String getClientCertificate() {
    return status().clientCertificate();
  }

  @Override
  public double getClientCertificateDaysLeft() {
    return status().clientCertificateDaysLeft(System.currentTimeMillis());
  }

  @Override
  public String[] getPresentedPins() {
    return status().presentedPins().toArray(new String[0]);
  }

  @Override
  public String getMatchedPin() {
    return status().matchedPin();
  }

  @Override
  public int getPinsSet() {
    return agent.pinsOf(status().peer());
  }

  @Override
  public String getLastError() {
    return status().lastError();
  }
}
