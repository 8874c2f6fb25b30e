package io.github.dotagent;

import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.upstream.ServerSetup;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import io.github.dotagent.upstream.ZonedUpstreams;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The settings in force at one time, and everything made of them. A lookup keeps the generation
 * that it began with. Immutable.
 */
final class Generation {
  private final DotConfig config;
  private final TlsConnector connector;
  private final PolicyResolver policy;
  private final DotTransportFactory transports; // null until the start is over, as is the next
  private final ServerSetup servers;
  private final ZonedUpstreams upstreams;
  private final SecuredUpstreams secured; // null also without dnssec
  private final CachedLookup cache;

  /** The part that is made at once. */
  Generation(DotConfig config, TlsConnector connector, PolicyResolver policy) {
    this(config, connector, policy, null, null, null, null, null);
  }

  private Generation(
      DotConfig config,
      TlsConnector connector,
      PolicyResolver policy,
      DotTransportFactory transports,
      ServerSetup servers,
      ZonedUpstreams upstreams,
      SecuredUpstreams secured,
      CachedLookup cache) {
    this.config = config;
    this.connector = connector;
    this.policy = policy;
    this.transports = transports;
    this.servers = servers;
    this.upstreams = upstreams;
    this.secured = secured;
    this.cache = cache;
  }

  /**
   * The whole.
   *
   * @param check null: answers are not checked
   */
  Generation with(
      DotTransportFactory ways,
      ServerSetup setup,
      ZonedUpstreams all,
      SecuredUpstreams check,
      CachedLookup answers) {
    return new Generation(config, connector, policy, ways, setup, all, check, answers);
  }

  DotConfig config() {
    return config;
  }

  TlsConnector connector() {
    return connector;
  }

  PolicyResolver policy() {
    return policy;
  }

  DotTransportFactory transports() {
    return transports;
  }

  ServerSetup servers() {
    return servers;
  }

  /** Null until the start is over. */
  ZonedUpstreams upstreams() {
    return upstreams;
  }

  /** Null until the start is over, and where answers are not checked. */
  SecuredUpstreams secured() {
    return secured;
  }

  /** Null until the start is over. */
  CachedLookup cache() {
    return cache;
  }

  /** The zones that have servers in both generations, and no server in common. */
  Set<String> zonesWithoutServersOf(Generation other) {
    Map<String, ZoneSpec> others = new HashMap<>(); // there may be ten thousand
    for (ZoneSpec zone : other.config.zones()) {
      others.put(zone.name(), zone);
    }
    Set<String> zones = new HashSet<>();
    for (ZoneSpec zone : config.zones()) {
      ZoneSpec its = others.get(zone.name());
      if (its != null
          && Collections.disjoint(new HashSet<UpstreamSpec>(zone.servers()), its.servers())) {
        zones.add(zone.name());
      }
    }
    return zones;
  }
}
