package io.github.dotagent.it.harness.jvm;

import java.util.Map;
import java.util.Set;

/** Keeps what the developer's shell or the build says to a JVM away from a child. */
final class CleanEnvironment {
  /** Options that a JVM or its launcher takes from the environment, and a class path. */
  private static final Set<String> READ_BY_JAVA =
      Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH");

  /** The agent's own settings. */
  private static final String AGENT_PREFIX = "DOTAGENT_";

  private CleanEnvironment() {}

  static void apply(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> READ_BY_JAVA.contains(name) || name.startsWith(AGENT_PREFIX));
  }
}
