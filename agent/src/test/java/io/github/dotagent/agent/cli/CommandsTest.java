package io.github.dotagent.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {
  @Test
  void versionOnStdout() {
    assertEquals(
        new CommandRun(0, List.of("dot-agent (unpacked)"), List.of()), CommandRun.of("--version"));
  }

  @Test
  void helpOnStdout() {
    CommandRun help = CommandRun.of("--help");
    assertEquals(0, help.exitCode());
    assertEquals(List.of(), help.err());
    String text = String.join("\n", help.out());
    assertTrue(text.contains("java -javaagent:dot-agent.jar -jar program.jar"), text);
  }

  @Test
  void helpOfACommand() {
    CommandRun help = CommandRun.of("help", "lookup");
    assertEquals(new CommandRun(0, CommandRun.of("lookup", "--help").out(), List.of()), help);
    assertTrue(help.out().get(0).startsWith("Usage: java -jar dot-agent.jar lookup"), "" + help);
  }

  @Test
  void aMissingCommandIsWrongUse() {
    CommandRun nothing = CommandRun.of();
    assertEquals(2, nothing.exitCode());
    assertEquals(List.of(), nothing.out());
    assertEquals("A command is missing.", nothing.err().get(0));
    assertTrue(nothing.err().get(1).startsWith("Usage: java -jar dot-agent.jar"), "" + nothing);
  }

  @Test
  void anUnknownCommandIsWrongUse() {
    CommandRun unknown = CommandRun.of("lokup", "www.example.com");
    assertEquals(2, unknown.exitCode());
    assertEquals(List.of(), unknown.out());
    assertTrue(unknown.err().get(0).contains("lokup"), "" + unknown);
  }
}
