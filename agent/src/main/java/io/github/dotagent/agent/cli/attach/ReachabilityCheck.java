package io.github.dotagent.agent.cli.attach;

import io.github.dotagent.agent.cli.Silence;
import io.github.dotagent.agent.cli.UpstreamAddresses;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.TlsExaminer;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TrustStoreCheck;
import io.github.dotagent.upstream.UpstreamSpec;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether one of the servers of another JVM can be reached and authenticated from here. An attach
 * must not turn a working program into one that cannot look names up.
 */
final class ReachabilityCheck {
  private final AgentTimers timers = new AgentTimers(Silence.LOG);

  /**
   * The reason why no server can be reached, as text; null if one can, or if the settings have a
   * mistake, which the agent in that JVM will report itself.
   *
   * @param settings of that JVM
   */
  String whyNone(SettingSources settings) {
    DotConfig config;
    try {
      config = ConfigLoader.load(settings);
      TrustStoreCheck.check(config.tls());
    } catch (ConfigException | TlsFailure itsOwnToSay) {
      return null;
    }
    if (!config.enabled()) {
      return null;
    }
    List<String> reasons = new ArrayList<>();
    for (UpstreamSpec upstream : config.upstreams()) {
      try {
        for (UpstreamSpec server : UpstreamAddresses.spec(upstream)) {
          String reason = whyNot(server, config);
          if (reason == null) {
            return null;
          }
          reasons.add(server + " " + reason);
        }
      } catch (UnknownHostException noAddress) {
        reasons.add(upstream + " the system resolver found no address for it");
      }
    }
    return String.join("; ", reasons);
  }

  private String whyNot(UpstreamSpec server, DotConfig config) {
    int limit = (int) Math.min(config.timeout().toMillis(), Integer.MAX_VALUE);
    ExaminedConnection seen = examination(server, config, limit);
    if (isTooLate(seen)) {
      // the first handshake of a JVM also loads classes: seconds on a busy machine
      seen = examination(server, config, limit);
    }
    if (seen.failure().isPresent()) {
      return seen.failure().get().getMessage();
    }
    new InspectedServer(seen.session(), () -> null, limit, timers).close();
    return null;
  }

  private static boolean isTooLate(ExaminedConnection seen) {
    return seen.failure().isPresent() && seen.failure().get().kind() == TlsFailure.Kind.TIMEOUT;
  }

  private ExaminedConnection examination(UpstreamSpec server, DotConfig config, int limit) {
    return new TlsExaminer(config.tls(), timers, Silence.LOG)
        .examine(server.endpoint(), server.authenticationName().orElse(null), limit);
  }
}
