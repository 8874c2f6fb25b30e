package io.github.dotagent.agent.install;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The version of the agent, as the build wrote it into the jar: a package of the isolated loader
 * has no manifest to ask.
 */
public final class AgentVersion {
  private static final String RESOURCE = "/io/github/dotagent/version";

  private AgentVersion() {}

  /** Such as {@code 1.0.0}; in words where there is no jar. */
  public static String text() {
    try (InputStream in = AgentVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return "(unpacked)";
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException unreadable) {
      return "(unreadable)";
    }
  }
}
