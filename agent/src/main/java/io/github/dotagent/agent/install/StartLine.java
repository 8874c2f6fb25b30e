package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.upstream.UpstreamSpec;
import java.util.Locale;

/** The one line at the start with the settings in force. */
final class StartLine {
  /** What {@code mode=observe} means for names. */
  static final String OBSERVING =
      "mode=observe: the system resolver answers the program, and names leave in the clear as"
          + " before; the upstreams see them now as well, internal ones too unless"
          + " system.suffixes or zones keep them; the status command shows the comparison";

  private StartLine() {}

  static String of(DotConfig config, LookupHook hook, String cache) {
    return "started: version " + AgentVersion.text() + "; " + inForce(config, hook) + "; " + cache;
  }

  /** The part that is known as soon as the hook is in place. */
  static String inForce(DotConfig config, LookupHook hook) {
    StringBuilder upstreams = new StringBuilder();
    for (UpstreamSpec upstream : config.upstreams()) {
      upstreams.append(upstreams.length() == 0 ? "" : ", ").append(upstream);
    }
    return "hook "
        + hook
        + "; upstreams "
        + upstreams
        + zones(config)
        + "; pins "
        + pins(config)
        + "; profile "
        + profile(config)
        + (config.observes() ? "; mode observe" : withoutServers(config));
  }

  /** The meaning of the profile, because readers of a log need not know the word. */
  private static String withoutServers(DotConfig config) {
    return config.names().clearTextFallback()
        ? " (names leave in the clear while no upstream can be reached)"
        : " (no name leaves in the clear while no upstream can be reached)";
  }

  /** Only the number of zones: there may be thousands. */
  private static String zones(DotConfig config) {
    int zones = config.names().zones().size();
    return zones == 0 ? "" : "; zones " + zones;
  }

  /** The number of pins, and the effect of a mismatch. */
  static String pins(DotConfig config) {
    int pins = config.tls().pinCount();
    return pins == 0
        ? "none"
        : pins + ", " + config.tls().pinMode().name().toLowerCase(Locale.ROOT);
  }

  /** In the form of the setting. */
  static String mode(DotConfig config) {
    return config.observes() ? "observe" : "enforce";
  }

  /** In the form of the setting. */
  static String profile(DotConfig config) {
    return config.names().clearTextFallback() ? "opportunistic" : "strict";
  }
}
