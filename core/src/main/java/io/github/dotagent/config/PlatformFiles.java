package io.github.dotagent.config;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;

/** The paths of the operating system's files with names. */
final class PlatformFiles {
  /** Where Windows has been since XP, for an environment that does not say. */
  private static final String USUAL_SYSTEM_ROOT = "C:\\Windows";

  private PlatformFiles() {}

  static Path hosts(SettingSources machine) {
    return isWindows(machine)
        ? Paths.get(systemRoot(machine.environment()) + "\\System32\\drivers\\etc\\hosts")
        : Paths.get("/etc/hosts"); // hosts(5); the same on macOS and the BSDs
  }

  /** Null on Windows, which keeps its search list where no file is. */
  static Path resolvConf(SettingSources machine) {
    return isWindows(machine) ? null : Paths.get("/etc/resolv.conf"); // resolv.conf(5)
  }

  private static boolean isWindows(SettingSources machine) {
    String system = machine.systemProperties().get("os.name");
    return system != null && system.startsWith("Windows");
  }

  /** Windows does not tell SystemRoot from SYSTEMROOT. */
  private static String systemRoot(Map<String, String> environment) {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().equalsIgnoreCase("SystemRoot") && !variable.getValue().isEmpty()) {
        return variable.getValue();
      }
    }
    return USUAL_SYSTEM_ROOT;
  }
}
