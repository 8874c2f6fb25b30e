package io.github.dotagent.upstream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A zone that the user has set, and the servers for its names. Immutable. */
public final class ZoneSpec {
  private final String name;
  private final List<UpstreamSpec> servers;

  /**
   * @param name a domain name in lower case, without a dot at either end
   * @param servers in the user's order; at least one
   */
  public ZoneSpec(String name, List<UpstreamSpec> servers) {
    this.name = name;
    this.servers = Collections.unmodifiableList(new ArrayList<>(servers));
  }

  /** Lower case, without a dot at either end. */
  public String name() {
    return name;
  }

  /** In the user's order; at least one. */
  public List<UpstreamSpec> servers() {
    return servers;
  }

  @Override
  public String toString() {
    return name + servers;
  }
}
