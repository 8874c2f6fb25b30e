package io.github.dotagent.upstream;

import io.github.dotagent.dot.DotEndpoint;
import io.github.dotagent.tls.ShownIdentity;
import io.github.dotagent.tls.SpkiPin;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The state of a server, and its counts since the start, at one moment. Immutable. */
public final class UpstreamStatus {
  private static final double NANOS_PER_MILLI = 1e6;

  private final String address;
  private final String zone;
  private final UpstreamState state;
  private final int connections;
  private final int inFlight;
  private final RoundTrip roundTrip;
  private final long queries;
  private final long failures;
  private final ShownIdentity identity; // null: none yet
  private final List<SpkiPin> presented;
  private final SpkiPin matched; // null: none
  private final String lastError; // null: none yet
  private final String peer;

  UpstreamStatus(
      String address,
      String zone,
      UpstreamState state,
      int connections,
      int inFlight,
      RoundTrip roundTrip,
      long queries,
      long failures,
      DotEndpoint server,
      String lastError) {
    this.address = address;
    this.zone = zone;
    this.state = state;
    this.connections = connections;
    this.inFlight = inFlight;
    this.roundTrip = roundTrip;
    this.queries = queries;
    this.failures = failures;
    this.identity = server.identity();
    this.presented = server.presentedPins();
    this.matched = server.matchedPin();
    this.lastError = lastError;
    this.peer = server.peer();
  }

  /** The status of a server that is given by name, while none of its addresses is known. */
  static UpstreamStatus ofName(
      UpstreamSpec spec, String zone, UpstreamState state, String lastError) {
    String name = spec.identity();
    InetSocketAddress none = InetSocketAddress.createUnresolved(name, UpstreamSpec.DEFAULT_PORT);
    return new UpstreamStatus(
        spec.toString(),
        zone,
        state,
        0,
        0,
        RoundTrip.UNKNOWN,
        0,
        0,
        new DotEndpoint(none, name, spec.toString()),
        lastError);
  }

  /**
   * In the form that the user writes, {@code ADDRESS@PORT#NAME}; {@code NAME@PORT} while no address
   * is known.
   */
  public String address() {
    return address;
  }

  /** The identity that it must prove: its authentication name, or otherwise its address. */
  public String peer() {
    return peer;
  }

  /**
   * The zone whose names it is asked for, and how many others have the same servers; empty: all
   * names that no zone has.
   */
  public String zone() {
    return zone;
  }

  public UpstreamState state() {
    return state;
  }

  /** Connections that are there. */
  public int connections() {
    return connections;
  }

  /** Queries in flight, sent or unsent. */
  public int queriesInFlight() {
    return inFlight;
  }

  /** Milliseconds from query to answer, smoothed (RFC 6298); NaN when it never answered. */
  public double roundTripMillis() {
    return roundTrip.isKnown() ? roundTrip.smoothed() / NANOS_PER_MILLI : Double.NaN;
  }

  /** Queries that it was given. */
  public long queries() {
    return queries;
  }

  /** Queries and connections that failed; a name that it cannot answer does not count. */
  public long failures() {
    return failures;
  }

  /** As JSSE names it, such as {@code TLSv1.3}; empty when there never was a connection. */
  public String tlsVersion() {
    return identity == null ? "" : identity.version();
  }

  /**
   * Days until the certificate of the last connection ends, less than 0 when it has; NaN when there
   * never was a connection.
   *
   * @param nowMillis by the wall clock
   */
  public double certificateDaysLeft(long nowMillis) {
    return identity == null
        ? Double.NaN
        : (identity.notAfterMillis() - nowMillis) / (double) TimeUnit.DAYS.toMillis(1);
  }

  /**
   * Whether it asked for a client certificate on the last connection, and which one it got; empty
   * if there never was a connection.
   */
  public String clientCertificate() {
    return identity == null ? "" : identity.client().toString();
  }

  /**
   * Days until the certificate ends that it was shown last, less than 0 when it has; NaN when it
   * was shown none.
   *
   * @param nowMillis by the wall clock
   */
  public double clientCertificateDaysLeft(long nowMillis) {
    Long end = identity == null ? null : identity.clientNotAfterMillis();
    return end == null ? Double.NaN : (end - nowMillis) / (double) TimeUnit.DAYS.toMillis(1);
  }

  /** The pins that it presented last, its own key's first; empty when it never did. */
  public List<String> presentedPins() {
    List<String> texts = new ArrayList<>(presented.size());
    for (SpkiPin pin : presented) {
      texts.add(pin.toString());
    }
    return texts;
  }

  /** The one of the user's pins that it presented last; empty if it was none. */
  public String matchedPin() {
    return matched == null ? "" : matched.toString();
  }

  /**
   * {@code TIME TEXT}, in UTC, with {@code (N times since TIME)} behind it when it failed so more
   * than once in a row; empty when nothing went wrong yet.
   */
  public String lastError() {
    return lastError == null ? "" : lastError;
  }
}
