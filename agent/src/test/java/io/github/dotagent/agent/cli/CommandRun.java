package io.github.dotagent.agent.cli;

import io.github.dotagent.agent.cli.main.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * What one command line came to.
 *
 * @param exitCode as the JVM would end with it
 */
public record CommandRun(int exitCode, List<String> out, List<String> err) {
  /** In this JVM. */
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands =
        Commands.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exitCode = commands.execute(arguments);
    return new CommandRun(
        exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
