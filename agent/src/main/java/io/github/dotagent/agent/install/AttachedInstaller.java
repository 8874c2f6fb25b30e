package io.github.dotagent.agent.install;

import io.github.dotagent.config.BypassMode;
import io.github.dotagent.config.DotConfig;
import java.lang.instrument.Instrumentation;
import java.util.AbstractMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Installs the agent in a running program, and reports the result. */
public final class AttachedInstaller
    implements BiFunction<
        String, Instrumentation, Map.Entry<String, ? extends Function<String, String>>> {
  /** Made by the entry, by name, with the isolated loader. */
  public AttachedInstaller() {}

  /**
   * Returns one line and the agent's removal, or null in its place. The first word of the line, one
   * of {@code AttachReport}, says whether the agent is there.
   *
   * @throws StartRefused if it cannot be installed or started, and nothing of it is left
   */
  @Override
  public Map.Entry<String, ? extends Function<String, String>> apply(
      String argument, Instrumentation instrumentation) {
    SettingsAtStart settings = SettingsAtStart.read(argument);
    DotConfig config = settings.config();
    AgentRemoval removal = Installer.install(settings, instrumentation, true);
    String failed = removal == null ? null : removal.afterFailedStart();
    if (failed != null && removal.isOut()) {
      throw new StartRefused(failed);
    }
    if (failed != null) {
      return new AbstractMap.SimpleImmutableEntry<>("refused " + failed, removal);
    }
    return new AbstractMap.SimpleImmutableEntry<>(
        removal == null
            ? "idle " + whyNothing(config)
            : "installed " + StartLine.inForce(config, removal.hook()),
        removal);
  }

  private static String whyNothing(DotConfig config) {
    if (!config.enabled()) {
      return "enabled=false is set";
    }
    return config.bypass() == BypassMode.OFF && System.getProperty("jdk.net.hosts.file") != null
        ? Installer.IDLE_BY_HOSTS_FILE
        : "the hook is not in place (install=warn); its stderr says why";
  }
}
