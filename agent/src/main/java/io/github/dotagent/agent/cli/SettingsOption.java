package io.github.dotagent.agent.cli;

import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingKey;
import io.github.dotagent.config.SettingSources;
import picocli.CommandLine.Option;

/** The settings that the agent would have, for the commands that ask a server. */
public final class SettingsOption {
  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "The agent's properties file. -Ddotagent.KEY=... before -jar and the environment are read"
              + " as well.")
  private String file;

  /**
   * The settings of system properties, environment and file, as the agent reads them; {@code
   * enabled=false} is ignored.
   *
   * @throws ConfigException for a mistake
   */
  public DotConfig config() throws ConfigException {
    return load(sources());
  }

  /**
   * The same settings with other servers.
   *
   * @param upstreams as the setting is written
   */
  public DotConfig configWith(String upstreams) throws ConfigException {
    return load(sources().withProperty(SettingKey.UPSTREAMS.propertyName(), upstreams));
  }

  /**
   * A switched-off agent reads no settings but the defaults, so the servers that the user named
   * would not be asked.
   */
  private static DotConfig load(SettingSources sources) throws ConfigException {
    DotConfig config = ConfigLoader.load(sources);
    return config.enabled()
        ? config
        : ConfigLoader.load(sources.withProperty(SettingKey.ENABLED.propertyName(), "true"));
  }

  /** Whether the agent would do nothing at all: {@code enabled=false}. */
  public boolean isSwitchedOff() throws ConfigException {
    return !ConfigLoader.load(sources()).enabled();
  }

  /** The properties file; null for none. */
  public String file() {
    return file;
  }

  /** Where they are read from. */
  public SettingSources sources() {
    return SettingSources.ofThisJvm(file);
  }
}
