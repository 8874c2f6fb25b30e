package io.github.dotagent.upstream;

import io.github.dotagent.dot.DotEndpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Lets the agent's tests have the status of servers that were never asked. */
public final class Statuses {
  private Statuses() {}

  public static List<UpstreamStatus> of(String... addresses) {
    return inZone("", addresses);
  }

  public static List<UpstreamStatus> inZone(String zone, String... addresses) {
    List<UpstreamStatus> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(
          new UpstreamStatus(
              address,
              zone,
              UpstreamState.UNTRIED,
              0,
              0,
              RoundTrip.UNKNOWN,
              0,
              0,
              new DotEndpoint(new InetSocketAddress(853), null, address),
              null));
    }
    return all;
  }
}
