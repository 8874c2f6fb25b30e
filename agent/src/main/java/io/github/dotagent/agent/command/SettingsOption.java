package io.github.dotagent.agent.command;

import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingSources;
import picocli.CommandLine.Option;

/** The settings that the agent would have, for the commands that ask a server. */
public final class SettingsOption {
  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "The properties file that the agent's argument names. -Ddotagent.KEY=... before -jar and"
              + " the environment are read as well.")
  private String file;

  /**
   * The settings of system properties, environment and file, as the agent reads them.
   *
   * @throws ConfigException for the first thing that is wrong
   */
  public DotConfig config() throws ConfigException {
    return ConfigLoader.load(sources());
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
