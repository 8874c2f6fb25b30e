package io.github.dotagent.config;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The three sources of settings, and what they say about the operating system. Immutable. */
public final class SettingSources {
  /** The folder of Windows since XP, if the environment does not name it. */
  private static final String USUAL_SYSTEM_ROOT = "C:\\Windows";

  private final Map<String, String> systemProperties;
  private final Map<String, String> environment;
  private final String file;

  /**
   * @param systemProperties all of them; those that start with {@code dotagent.} are settings
   * @param environment all variables; those that start with {@code DOTAGENT_} are settings
   * @param agentArgument the path of a properties file; null or blank for none. Nothing is read
   *     here
   */
  public SettingSources(
      Map<String, String> systemProperties, Map<String, String> environment, String agentArgument) {
    this.systemProperties =
        Collections.unmodifiableMap(
            new HashMap<>(Objects.requireNonNull(systemProperties, "systemProperties")));
    this.environment =
        Collections.unmodifiableMap(
            new HashMap<>(Objects.requireNonNull(environment, "environment")));
    this.file = agentArgument == null ? "" : agentArgument.trim();
  }

  /** The settings of the running JVM. */
  public static SettingSources ofThisJvm(String agentArgument) {
    Properties properties = System.getProperties();
    Map<String, String> copy = new HashMap<>();
    // a program may put objects that are no strings into its system properties
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (value != null) { // removed by another thread
        copy.put(name, value);
      }
    }
    return new SettingSources(copy, System.getenv(), agentArgument);
  }

  /** These sources with one more system property, or with another value of it. */
  public SettingSources withProperty(String name, String value) {
    Map<String, String> changed = new HashMap<>(systemProperties);
    changed.put(name, value);
    return new SettingSources(changed, environment, file);
  }

  /** The system properties that are settings, for another JVM with the same settings. */
  public Map<String, String> ownProperties() {
    Map<String, String> own = new HashMap<>();
    for (Map.Entry<String, String> property : systemProperties.entrySet()) {
      if (property.getKey().startsWith(SettingKey.PROPERTY_PREFIX)) {
        own.put(property.getKey(), property.getValue());
      }
    }
    return own;
  }

  Map<String, String> systemProperties() {
    return systemProperties;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** The path of the properties file; empty for none. */
  String file() {
    return file;
  }

  /** The operating system's hosts file; a small container has none. */
  Path platformHosts() {
    return isWindows()
        ? Paths.get(systemRoot() + "\\System32\\drivers\\etc\\hosts")
        : Paths.get("/etc/hosts"); // hosts(5); the same on macOS and the BSDs
  }

  /** Null on Windows, which keeps its search list where no file is. */
  Path resolvConf() {
    return isWindows() ? null : Paths.get("/etc/resolv.conf"); // resolv.conf(5)
  }

  private boolean isWindows() {
    String system = systemProperties.get("os.name");
    return system != null && system.startsWith("Windows");
  }

  /** Windows does not tell SystemRoot from SYSTEMROOT. */
  private String systemRoot() {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().equalsIgnoreCase("SystemRoot") && !variable.getValue().isEmpty()) {
        return variable.getValue();
      }
    }
    return USUAL_SYSTEM_ROOT;
  }
}
