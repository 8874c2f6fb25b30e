package io.github.dotagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return AgentMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static List<String> lines(ByteArrayOutputStream written) {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void versionOnStdout() {
    assertEquals(0, run("--version"));
    assertEquals(List.of("dot-agent (unpacked)"), lines(out));
    assertEquals(List.of(), lines(err));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-version", "lookup www.example.com", "--version --version"})
  void anythingElseIsWrongUseAndSaysHowItIsUsed(String commandLine) {
    assertEquals(2, run(commandLine.isEmpty() ? new String[0] : commandLine.split(" ", -1)));
    assertEquals(List.of(), lines(out));
    assertEquals(
        List.of(
            "dot-agent (unpacked)",
            "It is added to a program: java -javaagent:dot-agent.jar -jar program.jar",
            "This version has no commands of its own; see the README for the settings."),
        lines(err));
  }
}
