package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.tls.EllipticCurves;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** The Java that this runs on, which should be the one that the service runs on. */
final class JavaCheck {
  /** Variables from which a JVM takes further options. */
  private static final String[] OPTION_VARIABLES = {
    "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"
  };

  private JavaCheck() {}

  static Finding java() {
    String java =
        System.getProperty("java.version")
            + ", "
            + System.getProperty("java.vendor")
            + ", "
            + System.getProperty("java.home");
    String missing = EllipticCurves.missing().orElse(null);
    if (missing != null) {
      int remedy = missing.lastIndexOf("; ");
      return Finding.fail(
          java + "; " + missing.substring(0, remedy), missing.substring(remedy + 2));
    }
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, null, null);
      String[] protocols = tls.getSupportedSSLParameters().getProtocols();
      return Arrays.asList(protocols).contains("TLSv1.3")
          ? Finding.ok(java)
          : Finding.note(
              java + "; without TLS 1.3",
              "TLS 1.2 works too, with one more round trip for each connection; Java 8u262 and"
                  + " newer have both");
    } catch (GeneralSecurityException noTls) {
      return Finding.fail(java + "; has no TLS: " + noTls.getMessage(), "use a complete JDK");
    }
  }

  /** Agents in the variables that every JVM of this environment reads. */
  static Finding otherAgents(Map<String, String> environment) {
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
