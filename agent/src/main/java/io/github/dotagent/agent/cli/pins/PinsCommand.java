package io.github.dotagent.agent.cli.pins;

import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.SettingsOption;
import io.github.dotagent.agent.cli.Silence;
import io.github.dotagent.agent.cli.UpstreamAddresses;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.TlsExaminer;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the chain and the pins that each server presents now, and the line that pins them. */
@Command(
    name = "pins",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the keys that each upstream presents now, and ends with the setting that pins them.",
      "No query is sent. A server that is not trusted, or has none of dotagent.pins, is shown, but"
          + " not in that setting."
    })
public final class PinsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOption settings;

  @Option(names = "--json", description = "One JSON document on stdout.")
  private boolean json;

  @Parameters(
      arity = "0..*",
      paramLabel = "UPSTREAM",
      description = "ADDRESS[@PORT][#NAME] or NAME[@PORT]; without any, those of the settings.")
  private List<String> upstreams = new ArrayList<>();

  private final AgentTimers timers = new AgentTimers(Silence.LOG);

  /** Made by picocli. */
  public PinsCommand() {}

  @Override
  public Integer call() throws ConfigException, IOException {
    DotConfig config =
        upstreams.isEmpty() ? settings.config() : settings.configWith(String.join(",", upstreams));
    PinsText text = new PinsText(spec.commandLine().getOut(), Instant.now());
    List<ServerPins> all = new ArrayList<>();
    boolean named = true;
    Set<UpstreamSpec> wanted = new LinkedHashSet<>(config.upstreams());
    Set<UpstreamSpec> ofZones = new LinkedHashSet<>();
    if (upstreams.isEmpty()) {
      for (ZoneSpec zone : config.zones()) {
        wanted.addAll(zone.servers());
        ofZones.addAll(zone.servers());
      }
    }
    for (UpstreamSpec upstream : wanted) {
      List<UpstreamSpec> servers = serversOf(upstream);
      named &= !servers.isEmpty();
      for (UpstreamSpec server : servers) {
        ServerPins pins = examine(server, config, isBound(upstream, ofZones, config));
        all.add(pins);
        if (!json) {
          text.server(pins);
        }
      }
    }
    if (json) {
      PinsJson.write(all, spec.commandLine().getOut());
    } else {
      text.advice(all);
    }
    return exitCode(all, named);
  }

  private List<UpstreamSpec> serversOf(UpstreamSpec upstream) {
    try {
      return UpstreamAddresses.spec(upstream);
    } catch (UnknownHostException noAddress) {
      spec.commandLine()
          .getErr()
          .println(
              "dot-agent: "
                  + upstream
                  + ": the system resolver found no address for it; name it by its address,"
                  + " ADDRESS@PORT#NAME");
      return Collections.emptyList();
    }
  }

  /**
   * Whether its pins hold for its name alone: it serves a zone, and is not one of {@code
   * upstreams}.
   */
  private static boolean isBound(
      UpstreamSpec upstream, Set<UpstreamSpec> ofZones, DotConfig config) {
    return config.tls().pinsByName().containsKey(upstream.identity())
        || ofZones.contains(upstream) && !config.upstreams().contains(upstream);
  }

  private ServerPins examine(UpstreamSpec server, DotConfig config, boolean bound) {
    int limit = (int) Math.min(config.timeout().toMillis(), Integer.MAX_VALUE);
    String name = server.authenticationName().orElse(null);
    TlsExaminer examiner =
        new TlsExaminer(ServerPins.policyWithoutPins(config.tls()), timers, Silence.LOG);
    ExaminedConnection seen = examiner.examine(server.endpoint(), name, limit);
    if (seen.session() != null) {
      seen.session().closeInOrder();
    }
    return new ServerPins(server, seen, config.tls(), bound);
  }

  private static int exitCode(List<ServerPins> all, boolean named) {
    boolean believed = false;
    boolean failed = !named;
    for (ServerPins pins : all) {
      believed |= pins.isBelieved();
      failed |= pins.isMismatch() || !(pins.isBelieved() || pins.isOutOfReach());
    }
    if (!believed) {
      return ExitCode.NO_UPSTREAM;
    }
    return failed ? ExitCode.FAILED : ExitCode.DONE;
  }
}
