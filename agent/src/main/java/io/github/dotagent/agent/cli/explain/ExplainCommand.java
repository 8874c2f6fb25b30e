package io.github.dotagent.agent.cli.explain;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.OwnName;
import io.github.dotagent.agent.cli.SettingsOption;
import io.github.dotagent.agent.cli.Silence;
import io.github.dotagent.agent.cli.jvm.JmxOfThisJava;
import io.github.dotagent.agent.cli.jvm.PidArgument;
import io.github.dotagent.agent.cli.jvm.RemoteMBeans;
import io.github.dotagent.agent.cli.jvm.TargetProcess;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.resolver.NameExplanation;
import io.github.dotagent.upstream.UpstreamSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says where a name goes and why, by the settings given here or by those of a running JVM. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows where a name goes and why, for each name that the search list makes of it; asks no"
          + " server.",
      "With PID: by the settings of that JVM, with what its cache has of the name."
    })
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOption settings;

  @Parameters(index = "0", paramLabel = "NAME", description = "As a program would look it up.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PID",
      converter = PidArgument.Reader.class,
      description = PidArgument.DESCRIPTION)
  private TargetProcess process;

  /** Made by picocli. */
  public ExplainCommand() {}

  @Override
  public Integer call() throws ConfigException, CommandFailure {
    if (process == null) {
      here(settings.config());
    } else {
      there();
    }
    return ExitCode.DONE;
  }

  private void here(DotConfig config) {
    AgentTimers timers = new AgentTimers(Silence.LOG);
    NameExplanation explanation =
        NameExplanation.of(
            config.names(),
            OwnName.text(),
            timers,
            timers,
            config.timeout().toNanos(),
            Silence.LOG);
    Set<String> zones = new LinkedHashSet<>();
    for (NameExplanation.Step step : explanation.of(name)) {
      say(step.toString());
      if (step.isUpstream()) {
        zones.add(step.zone());
      }
    }
    for (String zone : zones) {
      StringBuilder servers = new StringBuilder();
      for (UpstreamSpec server : config.serversOf(zone)) {
        servers.append(servers.length() == 0 ? "" : ", ").append(server);
      }
      say((zone.isEmpty() ? "upstreams: " : "zone " + zone + ": ") + servers);
    }
  }

  private void there() throws CommandFailure {
    JmxOfThisJava.require();
    try (RemoteMBeans beans = RemoteMBeans.of(process)) {
      List<String> lines = beans.explain(name);
      for (String line : lines) {
        say(line);
      }
    } catch (IOException refused) {
      throw new CommandFailure(
          ExitCode.FAILED, process.pid() + " cannot explain it: " + refused.getMessage());
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
  }
}
