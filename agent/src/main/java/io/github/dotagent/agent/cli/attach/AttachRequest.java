package io.github.dotagent.agent.cli.attach;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Properties;

/**
 * One request to the attached agent, as the class {@code AgentPremain} reads it. The report begins
 * with the number, which the program there cannot know.
 */
final class AttachRequest {
  /** As many bits as a random UUID has: it cannot be guessed. */
  private static final int BITS = 128;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String number = String.format(Locale.ROOT, "%032x", new BigInteger(BITS, RANDOM));

  /** The request to install the agent. */
  String toInstall(Path jar, String settings) {
    return "dot-agent/install/" + number + '/' + jar + '\n' + settings;
  }

  /** The request to report whether the agent is in place. */
  String toProbe() {
    return "dot-agent/probe/" + number + '/';
  }

  /** The request to detach. */
  String toDetach(boolean byForce) {
    return (byForce ? "dot-agent/detach-by-force/" : "dot-agent/detach/") + number + '/';
  }

  /** The result. */
  AttachOutcome outcomeIn(Properties systemProperties) {
    return AttachOutcome.of(number, systemProperties);
  }
}
