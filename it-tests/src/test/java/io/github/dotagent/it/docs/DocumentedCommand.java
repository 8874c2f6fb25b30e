package io.github.dotagent.it.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A line of the documentation that people are to type, lines that go on joined. Immutable.
 *
 * @param file where it stands
 */
record DocumentedCommand(Path file, String text) {
  /** The first words of commands; other lines of a block are output, or a file. */
  private static final Set<String> PROGRAMS =
      Set.of(
          "./demo",
          "bench",
          "bench()",
          "cd",
          "curl",
          "echo",
          "export",
          "git",
          "java",
          "javac",
          "jcmd",
          "jconsole",
          "jfr",
          "kdig",
          "keytool",
          "mvn",
          "openssl",
          "unbound");

  static List<DocumentedCommand> of(List<CodeBlock> blocks) {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (CodeBlock block : blocks) {
      StringBuilder open = new StringBuilder();
      for (String line : block.lines()) {
        boolean begins = PROGRAMS.contains(line.split(" ", 2)[0]);
        if (open.length() == 0 && !begins) {
          continue;
        }
        String stripped = line.strip();
        boolean goesOn = stripped.endsWith("\\");
        open.append(open.length() == 0 ? "" : " ")
            .append(goesOn ? stripped.substring(0, stripped.length() - 1).strip() : stripped);
        if (!goesOn && !stripped.endsWith("|")) {
          commands.add(new DocumentedCommand(block.file(), open.toString()));
          open.setLength(0);
        }
      }
    }
    return commands;
  }

  String program() {
    return text.split(" ", 2)[0];
  }

  @Override
  public String toString() {
    return file.getFileName() + ": " + text;
  }
}
