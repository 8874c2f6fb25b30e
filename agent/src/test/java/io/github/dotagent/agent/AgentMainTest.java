package io.github.dotagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AgentMainTest {
  /** As these tests themselves are. */
  @Test
  void classesTakenOutOfTheirJar() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        AgentMain.run(
            new String[] {"--version"}, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertEquals(2, exitCode);
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(
        said.startsWith("dot-agent: dot-agent was not loaded from a jar of its own: "), said);
    assertTrue(said.stripTrailing().endsWith("; use an unmodified dot-agent.jar"), said);
  }
}
