package io.github.dotagent.agent.cli.attach;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.OwnJar;
import io.github.dotagent.agent.cli.jvm.AttachedJvm;
import io.github.dotagent.agent.cli.jvm.PidArgument;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the agent out of a running JVM. */
@Command(
    name = "detach",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the agent and all that belongs to it from a running JVM of this user.",
      "From then on lookups go as before the agent: they are not protected."
    })
public final class DetachCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PidArgument target;

  @Option(
      names = "--force",
      description = "Even if the agent was given at the start of that JVM with install=abort.")
  private boolean force;

  /** Made by picocli. */
  public DetachCommand() {}

  @Override
  public Integer call() throws CommandFailure {
    try (AttachedJvm jvm = AttachedJvm.of(target.process())) {
      Path jar = OwnJar.path();
      AttachCommand.requireSight(target.process(), jar);
      AttachRequest request = new AttachRequest();
      Exception refused = jvm.loadAgent(jar.toString(), request.toDetach(force));
      return tell(request.outcomeIn(jvm.systemProperties()), refused);
    }
  }

  private int tell(AttachOutcome report, Exception refused) throws CommandFailure {
    switch (report.outcome()) {
      case REMOVED:
        String stays = report.text().isEmpty() ? "" : "; " + report.text();
        spec.commandLine()
            .getOut()
            .println(
                "dot-agent is removed from "
                    + target.process().pid()
                    + ": its lookups go as before the agent, and are not protected"
                    + stays);
        return ExitCode.DONE;
      case KEPT:
        throw failed("not removed from " + target.process().pid() + ": " + report.text());
      case ABSENT:
        throw notThere();
      default:
        throw failed(AttachFailureText.textOfDetach(target.process().pid(), refused));
    }
  }

  private CommandFailure notThere() {
    return failed("there is no agent in " + target.process().pid() + ": nothing was done");
  }

  private static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.FAILED, message);
  }
}
