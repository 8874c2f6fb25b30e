package io.github.dotagent.agent.cli.flush;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.jvm.JmxOfThisJava;
import io.github.dotagent.agent.cli.jvm.PidArgument;
import io.github.dotagent.agent.cli.jvm.RemoteMBeans;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.HostName;
import io.github.dotagent.wire.QueryToInspect;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Removes all names, or one name, from the agent's cache and from the JVM's cache in front of it.
 */
@Command(
    name = "flush",
    mixinStandardHelpOptions = true,
    description = {
      "Empties the name caches of a running JVM, the agent's and the JVM's own.",
      "The next lookup of a name asks a server."
    })
public final class FlushCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PidArgument target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "Forget only this name: a full name, without a search list; or an address, to forget its"
              + " name.")
  private String name;

  /** Made by picocli. */
  public FlushCommand() {}

  @Override
  public Integer call() throws CommandFailure {
    String ascii = name == null ? null : ascii();
    JmxOfThisJava.require();
    try (RemoteMBeans beans = RemoteMBeans.of(target.process())) {
      if (name == null) {
        beans.flush();
        say("all names are forgotten in " + target.process().pid());
      } else {
        beans.flush(ascii);
        if (!name.equals(ascii)) {
          beans.flush(name); // the JVM's own cache keeps the name as the program wrote it
        }
        say(name + " is forgotten in " + target.process().pid());
      }
      return ExitCode.DONE;
    } catch (IOException refused) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the caches of " + target.process().pid() + " were not emptied: " + refused.getMessage());
    }
  }

  /**
   * The form of the name in the agent's cache. For an address, the name that DNS has for that
   * address.
   */
  private String ascii() throws CommandFailure {
    if (AddressLiteral.parse(name).isPresent()) {
      return QueryToInspect.of(name, null).name();
    }
    try {
      return HostName.of(name).toString();
    } catch (UnknownHostException notAName) {
      // for example a pattern or an unset shell variable: no name would be removed
      throw new CommandFailure(ExitCode.WRONG_USE, notAName.getMessage());
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
