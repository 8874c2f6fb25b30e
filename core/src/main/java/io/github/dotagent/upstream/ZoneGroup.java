package io.github.dotagent.upstream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Zones with the same servers: they share these, and their state. A network with a hundred zones
 * has two servers for them, not two hundred. Immutable.
 */
public final class ZoneGroup {
  private final List<String> names;
  private final List<UpstreamSpec> servers;

  private ZoneGroup(List<String> names, List<UpstreamSpec> servers) {
    this.names = names;
    this.servers = servers;
  }

  /** In the order of the first zone of each. */
  public static List<ZoneGroup> of(List<ZoneSpec> zones) {
    Map<List<UpstreamSpec>, List<String>> names = new LinkedHashMap<>();
    for (ZoneSpec zone : zones) {
      List<String> same = names.get(zone.servers());
      if (same == null) {
        same = new ArrayList<>();
        names.put(zone.servers(), same);
      }
      same.add(zone.name());
    }
    List<ZoneGroup> groups = new ArrayList<>();
    for (Map.Entry<List<UpstreamSpec>, List<String>> group : names.entrySet()) {
      groups.add(new ZoneGroup(Collections.unmodifiableList(group.getValue()), group.getKey()));
    }
    return groups;
  }

  /** In the user's order; at least one. */
  public List<String> names() {
    return names;
  }

  /** In the user's order; at least one. */
  public List<UpstreamSpec> servers() {
    return servers;
  }

  /** The first zone, and how many others there are. */
  @Override
  public String toString() {
    return names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
  }
}
