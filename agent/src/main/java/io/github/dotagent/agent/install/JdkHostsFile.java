package io.github.dotagent.agent.install;

/**
 * {@code -Djdk.net.hosts.file}: with it the JDK answers every lookup from that one file and asks no
 * server (Java 9 and newer). No name leaves the JVM, as the user wants: the agent stays out.
 */
final class JdkHostsFile {
  static final String STATEMENT =
      "jdk.net.hosts.file is set: the JDK answers from that file alone, and the agent does nothing";

  private JdkHostsFile() {}

  static boolean isSet() {
    boolean java8 = "1.8".equals(System.getProperty("java.specification.version"));
    return !java8 && System.getProperty("jdk.net.hosts.file") != null;
  }
}
