package io.github.dotagent.upstream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which servers are asked: first the healthy ones, the fastest first; then the late
 * ones, the most recently heard first; then the failed ones, the one whose back-off ends first.
 * Equals stay in the user's order.
 */
final class Ranking {
  /**
   * Up to this many queries in flight do not slow down a pipelined connection. With more, a server
   * counts as slower than it is, and others get their share of the load.
   */
  static final int CROWD = 8;

  /**
   * A server without a connection must be faster by this much: making a connection takes two or
   * three round trips.
   */
  static final double UNCONNECTED = 1.25;

  /** A server that was never asked counts as a little slower than the fastest known one. */
  static final double UNTRIED = 1.2;

  private Ranking() {}

  static List<Upstream> of(List<Upstream> upstreams) {
    if (upstreams.size() == 1) {
      return upstreams;
    }
    long best = fastest(upstreams);
    List<Place> places = new ArrayList<>(upstreams.size());
    for (Upstream upstream : upstreams) {
      places.add(new Place(upstream, best)); // read once, so that sorting sees one value
    }
    Collections.sort(places, BEST_FIRST);
    List<Upstream> order = new ArrayList<>(places.size());
    for (Place place : places) {
      order.add(place.upstream);
    }
    return order;
  }

  /** Nanoseconds; 1 when none was ever asked. */
  private static long fastest(List<Upstream> upstreams) {
    long best = Long.MAX_VALUE;
    for (Upstream upstream : upstreams) {
      RoundTrip roundTrip = upstream.standing().roundTrip();
      best = roundTrip.isKnown() ? Math.min(best, roundTrip.smoothed()) : best;
    }
    return best == Long.MAX_VALUE ? 1 : best;
  }

  private static final class Place {
    final Upstream upstream;
    final int group; // 0: well, 1: late, 2: failed
    final double cost;

    Place(Upstream upstream, long best) {
      this.upstream = upstream;
      UpstreamStats standing = upstream.standing();
      if (!standing.health().isHealthy()) {
        group = 2;
        cost = standing.health().backsOffFor();
        return;
      }
      if (standing.isLate()) {
        group = 1;
        cost = standing.silentFor(); // a hung server stays silent; a busy one answers now and then
        return;
      }
      group = 0;
      RoundTrip roundTrip = standing.roundTrip();
      double time = roundTrip.isKnown() ? roundTrip.smoothed() : best * UNTRIED;
      int crowd = Math.max(0, upstream.inFlight() - CROWD);
      cost = time * (1 + (double) crowd / CROWD) * (upstream.isOpen() ? 1 : UNCONNECTED);
    }
  }

  private static final Comparator<Place> BEST_FIRST =
      new Comparator<Place>() {
        @Override
        public int compare(Place one, Place other) {
          return one.group != other.group
              ? Integer.compare(one.group, other.group)
              : Double.compare(one.cost, other.cost);
        }
      };
}
