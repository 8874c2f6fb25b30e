package io.github.dotagent.agent.cli.doctor;

import java.util.Map;

/** Agents that every JVM of this environment starts beside this one. */
final class OtherAgentsCheck {
  /** Variables from which a JVM takes further options. */
  private static final String[] OPTION_VARIABLES = {
    "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"
  };

  private OtherAgentsCheck() {}

  /** Those in the variables that every JVM reads. */
  static Finding find(Map<String, String> environment) {
    StringBuilder others = new StringBuilder();
    for (String variable : OPTION_VARIABLES) {
      String options = environment.get(variable);
      for (String option : options == null ? new String[0] : options.split("\\s+", -1)) {
        if (isOurs(option)) {
          break; // later options are for agents that start later
        }
        if (option.startsWith("-javaagent:") || option.startsWith("-agentpath:")) {
          others.append(others.length() == 0 ? "" : "; ").append(variable).append(": ");
          others.append(option);
        }
      }
    }
    return others.length() == 0
        ? Finding.ok("none named in the environment")
        : Finding.note(
            others.toString(),
            "an agent that comes first may look names up before dot-agent starts: put dot-agent"
                + " before the others");
  }

  /** This agent, with any version or settings after its file name. */
  static boolean isOurs(String option) {
    return option.matches("-javaagent:([^=]*[/\\\\])?dot-agent[^/\\\\=]*\\.jar(=.*)?");
  }
}
