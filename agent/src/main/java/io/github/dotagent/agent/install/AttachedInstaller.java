package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.config.DotConfig;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;

/** Installs the agent in a program that runs, and says what came of it. */
public final class AttachedInstaller implements BiFunction<String, Instrumentation, String> {
  /** Made by the entry, by name, with the isolated loader. */
  public AttachedInstaller() {}

  /** One line; its first word, as {@code AttachReport} has it, says whether the agent is there. */
  @Override
  public String apply(String argument, Instrumentation instrumentation) {
    DotConfig config = Installer.settings(argument);
    LookupHook hook = Installer.install(config, instrumentation, true);
    return hook == null
        ? "idle " + whyNothing(config)
        : "installed " + StartLine.inForce(config, hook);
  }

  private static String whyNothing(DotConfig config) {
    if (!config.enabled()) {
      return "enabled=false is among its settings";
    }
    return JdkHostsFile.isSet()
        ? JdkHostsFile.STATEMENT
        : "the hook is not in place, and install=warn is among its settings; its stderr says why";
  }
}
