package io.github.dotagent;

import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.dot.LoopbackTransports;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.NoSystemResolver;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.upstream.BootstrapResolver;
import io.github.dotagent.upstream.ServerSetup;
import io.github.dotagent.upstream.UpstreamPool;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZonedUpstreams;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes whole lookups, from the resolver to a loopback link, before the program makes one. So the
 * first real lookup finds its classes loaded and its code executed once. Nothing leaves the JVM,
 * and the program's cache and servers are not touched.
 */
final class LookupWarmup {
  /** Enough for the JVM to compile the most used code with its first compiler. */
  private static final int LOOKUPS = 20;

  private static final byte[] UNUSED_ADDRESS = {(byte) 192, 0, 2, 53}; // TEST-NET-1, RFC 5737

  private LookupWarmup() {}

  /**
   * Makes the lookups, and returns how many were answered.
   *
   * @param isOver whether the program has begun a lookup: that ends the warm-up, which would take
   *     the processor from it
   */
  static int run(DotConfig config, AgentTimers timers, BooleanSupplier isOver) {
    int answered = 0;
    long timeout = config.timeout().toNanos();
    LoopbackTransports transports = new LoopbackTransports(timers, timers);
    NoServer none = new NoServer();
    try {
      UpstreamSpec server = new UpstreamSpec(InetAddress.getByAddress(UNUSED_ADDRESS), 1, null);
      ServerSetup setup =
          new ServerSetup(transports, none, timers, timers, none, config.asksPrivately());
      UpstreamPool pool =
          new UpstreamPool(setup.of(Collections.singletonList(server)), timers, timeout, none);
      ZonedUpstreams all =
          new ZonedUpstreams(
              pool,
              Collections.<String, UpstreamPool>emptyMap(),
              new Function<String, String>() {
                @Override
                public String apply(String name) {
                  return ""; // none of a zone
                }
              },
              new Predicate<String>() {
                @Override
                public boolean test(String name) {
                  return true;
                }
              },
              timers);
      CachedLookup cached = new CachedLookup(all, config.cache(), timeout, timers, none);
      PolicyResolver policy =
          new PolicyResolver(
              cached, none, config.names().withoutFiles(), timers, timers, timeout, none);
      WatchedResolver resolver =
          new WatchedResolver(policy, new Watch(), new RecentErrors(), timers);
      for (int i = 0; i < LOOKUPS && !isOver.getAsBoolean(); i++) {
        resolver.addresses("lookup-" + i + ".warm-up.example", AddressFamilyPolicy.IPV4_FIRST);
        answered++;
      }
    } catch (UnknownHostException noMatter) {
      // a user's suffix may be anything; then the first lookup takes a little longer
    } finally {
      transports.close();
    }
    return answered;
  }

  /** Knows no name and logs nothing. */
  private static final class NoServer extends NoSystemResolver implements BootstrapResolver, Log {
    NoServer() {
      super("");
    }

    @Override
    public InetAddress[] addressesOf(String name) throws UnknownHostException {
      throw new UnknownHostException(name);
    }

    @Override
    public boolean shows(Level level) {
      return false;
    }

    @Override
    public void write(Level level, String line) {
      // nothing: log lines about the agent's own lookups help no reader
    }
  }
}
