package io.github.dotagent.config;

import io.github.dotagent.cache.CachePolicy;
import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.logging.LogSettings;
import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.tls.ClientCertificateSpec;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TrustStoreSpec;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Every setting, read and checked; made by {@link ConfigLoader}. Immutable. */
public final class DotConfig {
  private final boolean enabled;
  private final List<UpstreamSpec> upstreams;
  private final List<ZoneSpec> zones;
  private final TlsPolicy tls;
  private final DnssecPolicy dnssec; // null: off
  private final boolean asksPrivately;
  private final Duration timeout;
  private final Duration timeoutStart;
  private final CachePolicy cache;
  private final NamePolicy names;
  private final boolean observes;
  private final InstallMode install;
  private final BypassMode bypass;
  private final LogSettings log;
  private final boolean jmx;
  private final GivenSettings given;

  DotConfig(
      boolean enabled,
      List<UpstreamSpec> upstreams,
      List<ZoneSpec> zones,
      TlsPolicy tls,
      DnssecPolicy dnssec,
      boolean asksPrivately,
      Duration timeout,
      Duration timeoutStart,
      CachePolicy cache,
      NamePolicy names,
      boolean observes,
      InstallMode install,
      BypassMode bypass,
      LogSettings log,
      boolean jmx,
      GivenSettings given) {
    this.enabled = enabled;
    this.upstreams = Collections.unmodifiableList(new ArrayList<>(upstreams));
    this.zones = Collections.unmodifiableList(new ArrayList<>(zones));
    this.tls = Objects.requireNonNull(tls, "tls");
    this.dnssec = dnssec;
    this.asksPrivately = asksPrivately;
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    this.timeoutStart = Objects.requireNonNull(timeoutStart, "timeoutStart");
    this.cache = Objects.requireNonNull(cache, "cache");
    this.names = Objects.requireNonNull(names, "names");
    this.observes = observes;
    this.install = Objects.requireNonNull(install, "install");
    this.bypass = Objects.requireNonNull(bypass, "bypass");
    this.log = Objects.requireNonNull(log, "log");
    this.jmx = jmx;
    this.given = given;
  }

  /** False: the agent does nothing at all. */
  public boolean enabled() {
    return enabled;
  }

  /**
   * The zones that have servers of their own, in the user's order. All other zones are in {@link
   * #names}.
   */
  public List<ZoneSpec> zones() {
    return zones;
  }

  /** The servers to ask, in the order the user gave them; at least one. */
  public List<UpstreamSpec> upstreams() {
    return upstreams;
  }

  /**
   * The servers that are asked for the names of a zone.
   *
   * @param zone as {@link ZoneSpec#name} has it; empty: all names that no zone has
   */
  public List<UpstreamSpec> serversOf(String zone) {
    for (ZoneSpec each : zones) {
      if (each.name().equals(zone)) {
        return each.servers();
      }
    }
    return upstreams;
  }

  /** How a server proves its identity. */
  public TlsPolicy tls() {
    return tls;
  }

  /** How the signatures of answers are checked; null: not at all. */
  public DnssecPolicy dnssec() {
    return dnssec;
  }

  /** Whether queries forbid servers to pass on a part of this machine's address: {@code ecs}. */
  public boolean asksPrivately() {
    return asksPrivately;
  }

  /** The bound of one lookup's wait for servers, 100 ms to 10 minutes. */
  public Duration timeout() {
    return timeout;
  }

  /** How long a lookup waits for this machine to get ready, before that: 100 ms to 10 minutes. */
  public Duration timeoutStart() {
    return timeoutStart;
  }

  /** How much is kept, and for how long. */
  public CachePolicy cache() {
    return cache;
  }

  /** Which names never go upstream. */
  public NamePolicy names() {
    return names;
  }

  /** Whether the program gets the same answers as without the agent, and names are compared. */
  public boolean observes() {
    return observes;
  }

  /** The value that the user has given, as it is written; null: none. */
  public String givenText(SettingKey key) {
    Setting setting = given.given(key);
    return setting == null ? null : setting.text();
  }

  /** What happens if the hook cannot be put in place and proved. */
  public InstallMode install() {
    return install;
  }

  /** The treatment of DNS queries that a library sends itself. */
  public BypassMode bypass() {
    return bypass;
  }

  /** What is logged, and where to. */
  public LogSettings log() {
    return log;
  }

  GivenSettings given() {
    return given;
  }

  /**
   * The files whose content is a part of the settings: the trust store, the client certificates,
   * the trust anchors of zones. The settings file itself is not among them.
   */
  public Set<Path> files() {
    Set<Path> files = new LinkedHashSet<>();
    TrustStoreSpec store = tls.trustStore().orElse(null);
    if (store != null) {
      files.add(store.file());
    }
    for (ClientCertificateSpec client : tls.clientCertificates().values()) {
      files.add(client.file());
    }
    Setting anchors = given.given(SettingKey.DNSSEC_ANCHORS);
    if (anchors != null) {
      files.add(Paths.get(anchors.text())); // it has been read, so it is a path
    }
    return files;
  }

  /** Each setting with its value and where it was given, a line each; no password is in them. */
  public List<String> inForce() {
    return Collections.unmodifiableList(given.inForce());
  }

  /** Whether MBeans are registered, once the program has an MBean server of its own. */
  public boolean jmx() {
    return jmx;
  }
}
