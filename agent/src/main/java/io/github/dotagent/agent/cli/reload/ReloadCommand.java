package io.github.dotagent.agent.cli.reload;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.jvm.JmxOfThisJava;
import io.github.dotagent.agent.cli.jvm.PidReader;
import io.github.dotagent.agent.cli.jvm.RemoteMBeans;
import io.github.dotagent.agent.cli.jvm.TargetProcess;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the agent in a running JVM look at the files of its settings at once. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at the settings file, trust store, client certificates and trust anchors of a running"
          + " JVM now.",
      "Shows what has changed, or what is wrong; then the previous settings stay in force."
    })
public final class ReloadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PID",
      converter = PidReader.class,
      description = PidReader.DESCRIPTION)
  private TargetProcess process;

  /** Made by picocli. */
  public ReloadCommand() {}

  @Override
  public Integer call() throws CommandFailure {
    JmxOfThisJava.require();
    try (RemoteMBeans beans = RemoteMBeans.of(process)) {
      for (String line : beans.reload()) {
        spec.commandLine().getOut().println(line);
      }
      return ExitCode.DONE;
    } catch (IOException refused) {
      throw new CommandFailure(
          ExitCode.FAILED, "settings of " + process.pid() + ": " + refused.getMessage());
    }
  }
}
