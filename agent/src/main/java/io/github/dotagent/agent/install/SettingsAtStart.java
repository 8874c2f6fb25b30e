package io.github.dotagent.agent.install;

import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingSources;

/** The settings that the agent starts with, and their sources. Immutable. */
final class SettingsAtStart {
  private final SettingSources sources;
  private final DotConfig config;
  private final long begunMillis;

  private SettingsAtStart(SettingSources sources, DotConfig config, long begunMillis) {
    this.sources = sources;
    this.config = config;
    this.begunMillis = begunMillis;
  }

  /**
   * @throws StartRefused when they cannot be read
   */
  static SettingsAtStart read(String argument) {
    long begun = System.currentTimeMillis();
    SettingSources sources = SettingSources.ofThisJvm(argument);
    try {
      return new SettingsAtStart(sources, ConfigLoader.load(sources), begun);
    } catch (ConfigException wrong) {
      throw new StartRefused(wrong.getMessage());
    }
  }

  DotConfig config() {
    return config;
  }

  /** Properties and environment as they were then, and the file, which may change. */
  SettingSources sources() {
    return sources;
  }

  /** A moment before they were read: milliseconds since 1970. */
  long begunMillis() {
    return begunMillis;
  }
}
