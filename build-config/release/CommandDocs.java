import io.github.dotagent.agent.cli.main.Commands;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes what a shell needs of the command line, from the commands themselves: the completion for
 * bash and zsh, and the sources of the man pages.
 *
 * <pre>CommandDocs FOLDER</pre>
 */
public final class CommandDocs {
  /** The name of the script in the release's folder bin. */
  private static final String NAME = "dot-agent";

  private CommandDocs() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    CommandLine commands = Commands.commandLine().setCommandName(NAME);

    Path completion = folder.resolve("completion/" + NAME + ".bash");
    Files.createDirectories(completion.getParent());
    Files.writeString(completion, AutoComplete.bash(NAME, commands), StandardCharsets.UTF_8);

    List<CommandSpec> pages = new ArrayList<>();
    pages.add(commands.getCommandSpec());
    commands.getSubcommands().values().forEach(command -> pages.add(command.getCommandSpec()));
    File sources = folder.resolve("adoc").toFile();
    int status =
        ManPageGenerator.generateManPage(
            sources, null, new boolean[0], true, pages.toArray(new CommandSpec[0]));
    if (status != 0) {
      throw new IOException("the man pages could not be written: " + status);
    }
  }
}
