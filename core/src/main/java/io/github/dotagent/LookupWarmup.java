package io.github.dotagent;

import io.github.dotagent.answer.DeferredLookup;
import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.dot.LoopbackTransports;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.SystemResolver;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.upstream.BootstrapResolver;
import io.github.dotagent.upstream.ServerSetup;
import io.github.dotagent.upstream.UpstreamPool;
import io.github.dotagent.upstream.UpstreamSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;

/**
 * Whole lookups, from the resolver to a link with nobody at the other end, while the program has
 * not looked anything up yet. What the first real one would wait for, classes that are not loaded
 * and code that has never run, is behind us then. Nothing leaves the JVM, and what belongs to the
 * program's lookups is not touched.
 */
final class LookupWarmup {
  /** Enough for the interpreter to hand what runs most to the first compiler. */
  private static final int LOOKUPS = 20;

  private static final byte[] NOBODY = {(byte) 192, 0, 2, 53}; // TEST-NET-1, RFC 5737

  private LookupWarmup() {}

  /**
   * How many were answered.
   *
   * @param real what the program's own lookups ask: the first of them ends the rehearsal, which
   *     would take the processor from it
   */
  static int run(DotConfig config, AgentTimers timers, DeferredLookup real) {
    int answered = 0;
    long timeout = config.timeout().toNanos();
    LoopbackTransports transports = new LoopbackTransports(timers, timers);
    Nobody nobody = new Nobody();
    try {
      UpstreamSpec server = new UpstreamSpec(InetAddress.getByAddress(NOBODY), 1, null);
      ServerSetup setup = new ServerSetup(transports, nobody, timers, timers, nobody);
      UpstreamPool pool =
          new UpstreamPool(setup.of(Collections.singletonList(server)), timers, timeout, nobody);
      CachedLookup cached = new CachedLookup(pool, config.cache(), timers, nobody);
      PolicyResolver policy =
          new PolicyResolver(
              cached, nobody, config.names().withoutFiles(), timers, timers, timeout, nobody);
      WatchedResolver resolver =
          new WatchedResolver(policy, new Watch(), new RecentErrors(), timers);
      for (int i = 0; i < LOOKUPS && !real.wasAsked(); i++) {
        resolver.addresses("lookup-" + i + ".rehearsal.example", AddressFamilyPolicy.IPV4_FIRST);
        answered++;
      }
    } catch (UnknownHostException noMatter) {
      // a suffix of the user's may be anything; the first lookup takes a little longer then
    } finally {
      transports.close();
    }
    return answered;
  }

  /** Knows no name, says nothing. */
  private static final class Nobody implements SystemResolver, BootstrapResolver, Log {
    @Override
    public InetAddress[] addresses(String host, AddressFamilyPolicy order)
        throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public String nameOf(byte[] address) throws UnknownHostException {
      throw new UnknownHostException();
    }

    @Override
    public String localHostName() {
      return "";
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
      // nobody reads it
    }
  }
}
