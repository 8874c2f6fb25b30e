package io.github.dotagent.agent.install;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The version of the agent. The build writes it into the jar, because a package of the isolated
 * loader has no manifest.
 */
public final class AgentVersion {
  private static final String RESOURCE = "/io/github/dotagent/version";

  private AgentVersion() {}

  /** The version, such as {@code 1.0.0}; if there is no jar, words that say so. */
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
