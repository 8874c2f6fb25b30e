package io.github.dotagent.config;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;

/** Where the operating system keeps its hosts file. */
final class PlatformHostsFile {
  /** Where Windows has been since XP, for an environment that does not say. */
  private static final String USUAL_SYSTEM_ROOT = "C:\\Windows";

  private PlatformHostsFile() {}

  static Path of(SettingSources machine) {
    String system = machine.systemProperties().get("os.name");
    return system != null && system.startsWith("Windows")
        ? Paths.get(systemRoot(machine.environment()) + "\\System32\\drivers\\etc\\hosts")
        : Paths.get("/etc/hosts"); // hosts(5); the same on macOS and the BSDs
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
