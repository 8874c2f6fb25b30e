package io.github.dotagent.agent.cli.reload;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.jvm.JmxOfThisJava;
import io.github.dotagent.agent.cli.jvm.PidArgument;
import io.github.dotagent.agent.cli.jvm.RemoteMBeans;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the agent in a running JVM read its settings files at once. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at the settings file, trust store, client certificates and trust anchors of a running"
          + " JVM now.",
      "Shows the changes, or the mistakes; after a mistake the previous settings stay in force."
    })
public final class ReloadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PidArgument target;

  /** Made by picocli. */
  public ReloadCommand() {}

  @Override
  public Integer call() throws CommandFailure {
    JmxOfThisJava.require();
    try (RemoteMBeans beans = RemoteMBeans.of(target.process())) {
      for (String line : beans.reload()) {
        spec.commandLine().getOut().println(line);
      }
      return ExitCode.DONE;
    } catch (IOException refused) {
      throw new CommandFailure(
          ExitCode.FAILED, "settings of " + target.process().pid() + ": " + refused.getMessage());
    }
  }
}
