package io.github.dotagent.agent.cli.main;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.attach.AttachCommand;
import io.github.dotagent.agent.cli.attach.DetachCommand;
import io.github.dotagent.agent.cli.doctor.DoctorCommand;
import io.github.dotagent.agent.cli.explain.ExplainCommand;
import io.github.dotagent.agent.cli.flush.FlushCommand;
import io.github.dotagent.agent.cli.jvm.ObjectFilter;
import io.github.dotagent.agent.cli.lookup.LookupCommand;
import io.github.dotagent.agent.cli.pins.PinsCommand;
import io.github.dotagent.agent.cli.reload.ReloadCommand;
import io.github.dotagent.agent.cli.status.StatusCommand;
import io.github.dotagent.agent.install.AgentVersion;
import io.github.dotagent.config.ConfigException;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** All commands, and the text without a command. */
@Command(
    name = "java -jar dot-agent.jar",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Shows what the agent does, or would do.",
      "To add the agent to a program: java -javaagent:dot-agent.jar -jar program.jar"
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the name does not exist, a check failed, or stdout could not be written",
      "2:wrong use",
      "3:no upstream could be reached or authenticated"
    },
    subcommands = {
      LookupCommand.class,
      PinsCommand.class,
      DoctorCommand.class,
      AttachCommand.class,
      DetachCommand.class,
      StatusCommand.class,
      FlushCommand.class,
      ReloadCommand.class,
      ExplainCommand.class,
      HelpCommand.class
    })
public final class Commands implements Function<String[], Integer>, Runnable {
  @Spec private CommandSpec spec;

  /** Made by the entry, by name, with the isolated loader. */
  public Commands() {}

  @Override
  public Integer apply(String[] arguments) {
    ObjectFilter.set();
    StandardOutput out = StandardOutput.take();
    CommandLine commands = commandLine();
    return out.exitCode(commands.execute(arguments), commands.getErr());
  }

  /** Ready to be run; writes to stdout and stderr unless it is told otherwise. */
  public static CommandLine commandLine() {
    return new CommandLine(new Commands())
        // programs read the output, too
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(new InOneLine());
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "A command is missing.");
  }

  /** Prints the messages that commands throw for people; any other exception is a defect. */
  private static final class InOneLine implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed)
        throws Exception {
      PrintWriter err = command.getErr();
      if (thrown instanceof ConfigException) {
        err.println("dot-agent: " + thrown.getMessage());
        return ExitCode.WRONG_USE;
      }
      if (thrown instanceof CommandFailure) {
        err.println("dot-agent: " + thrown.getMessage());
        return ((CommandFailure) thrown).exitCode();
      }
      throw thrown;
    }
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"dot-agent " + AgentVersion.text()};
    }
  }
}
