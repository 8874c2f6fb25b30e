package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherAgentsCheckTest {
  private static String others(String options) {
    Finding finding = OtherAgentsCheck.find(Map.of("JAVA_TOOL_OPTIONS", options));
    return finding.verdict() + " " + finding.text();
  }

  @Test
  void anAgentBeforeDotAgentIsANote() {
    assertEquals(
        "NOTE JAVA_TOOL_OPTIONS: -javaagent:/opt/apm.jar",
        others("-Xmx1g -javaagent:/opt/apm.jar -javaagent:/opt/dot-agent.jar"));
    assertEquals(
        "NOTE JAVA_TOOL_OPTIONS: -javaagent:/opt/dot-agent.d/apm.jar=x",
        others("-javaagent:/opt/dot-agent.d/apm.jar=x"));
  }

  /** It is not to be named before itself, and those behind it are where they belong. */
  @Test
  void dotAgentAndTheAgentsBehindItAreNoNote() {
    String none = "OK none named in the environment";
    assertEquals(none, others("-javaagent:/opt/dot-agent.jar"));
    assertEquals(none, others("-javaagent:dot-agent-0.2.0.jar=/etc/dot-agent.properties"));
    assertEquals(none, others("-javaagent:/opt/dot-agent.jar -javaagent:/opt/apm.jar"));
  }
}
