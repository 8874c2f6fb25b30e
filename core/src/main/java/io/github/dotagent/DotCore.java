package io.github.dotagent;

import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.dot.DotEndpoint;
import io.github.dotagent.dot.DotTransport;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.SystemResolver;
import io.github.dotagent.support.AgentTimers;
import io.github.dotagent.support.Log;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.upstream.UpstreamPool;
import java.util.function.Function;

/**
 * Puts the steps of a lookup together: resolver, cache, upstream, DNS over TLS. The only class that
 * sees every package; knows nothing of agents.
 */
public final class DotCore {
  private final UpstreamPool upstreams;
  private final HostResolver resolver;

  private DotCore(UpstreamPool upstreams, HostResolver resolver) {
    this.upstreams = upstreams;
    this.resolver = resolver;
  }

  /**
   * Starts the timer thread and nothing else; connections come with {@link #warmUp} or the first
   * lookup. Never blocks.
   *
   * @param system for the names that stay on the machine
   */
  public static DotCore of(DotConfig config, SystemResolver system, final Log log) {
    final AgentTimers timers = new AgentTimers(log);
    final TlsConnector connector = new TlsConnector(config.tls(), log);
    final long timeout = config.timeout().toNanos();
    // the servers get a little less than the caller waits, so that he hears what each one said
    final long toBeAnsweredWithin = timeout - timeout / 20;
    UpstreamPool upstreams =
        UpstreamPool.of(
            config.upstreams(),
            new Function<DotEndpoint, DotTransport>() {
              @Override
              public DotTransport apply(DotEndpoint server) {
                return DotTransport.to(server, connector, timers, timers, log, toBeAnsweredWithin);
              }
            },
            timers,
            toBeAnsweredWithin,
            log);
    CachedLookup cached = new CachedLookup(upstreams, config.cache(), timers, log);
    return new DotCore(
        upstreams, new PolicyResolver(cached, system, config.names(), timers, timeout, log));
  }

  /** What the hooks call. */
  public HostResolver resolver() {
    return resolver;
  }

  /** Begins to connect, so that the first lookup need not wait for it; returns at once. */
  public void warmUp() {
    upstreams.warmUp();
  }
}
