package io.github.dotagent.agent.cli.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AttachFailureTextTest {
  @Test
  void namesTheOptionThatForbidsDynamicLoading() {
    String said =
        AttachFailureText.text(
            4711,
            new IOException(
                "Failed to load agent library: Dynamic agent loading is not enabled. Use"
                    + " -XX:+EnableDynamicAgentLoading to launch target VM."));
    assertTrue(said.startsWith("4711 was started with -XX:-EnableDynamicAgentLoading: "), said);
  }

  @Test
  void namesTheMissingReadPermissionOfTheJar() {
    assertEquals(
        "not installed in 4711: Agent JAR not found or no Agent-Class attribute; its user must be"
            + " able to read this jar and each folder above it",
        AttachFailureText.text(
            4711, new IOException("Agent JAR not found or no Agent-Class attribute")));
  }

  @Test
  void namesTheMissingModuleInstrument() {
    assertEquals(
        "not installed in 4711: instrument was not loaded: no library instrument; its runtime image"
            + " needs the module java.instrument",
        AttachFailureText.text(
            4711, new IOException("instrument was not loaded: no library instrument")));
  }

  @Test
  void aMissingReportPointsToAnAgentOfAnotherVersion() {
    assertTrue(AttachFailureText.text(4711, null).contains("an agent of another version is there"));
  }
}
