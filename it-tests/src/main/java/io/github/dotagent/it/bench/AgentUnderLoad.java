package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program with the agent that looks up given names, without the JVM's cache. */
final class AgentUnderLoad {
  /** The oldest, the most usual and the newest with long-term support: others lie between. */
  private static final List<Integer> VERSIONS = List.of(8, 17, 25);

  /** Longer than the longest load. */
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private AgentUnderLoad() {}

  /** The Javas to measure on, as far as this machine has them. */
  static List<JavaHome> javas() {
    return VERSIONS.stream().flatMap(version -> InstalledJdks.find(version).stream()).toList();
  }

  /**
   * @param upstreams as the user writes them
   * @param trust a PEM file
   */
  static RunningChild start(JavaHome java, String upstreams, Path trust) {
    return program(java, upstreams, trust).start();
  }

  static ChildJvm program(JavaHome java, String upstreams, Path trust) {
    ChildJvm program =
        uncached(java)
            .jvmArgs("-javaagent:" + BuiltAgent.jar())
            .jvmArgs("-Ddotagent.upstreams=" + upstreams, "-Ddotagent.trustStore=" + trust);
    return java.major() == 8
        ? program
        // for the measurements inside the agent
        : program.jvmArgs("--add-opens", "java.base/java.net=ALL-UNNAMED");
  }

  /** The same program without the agent. */
  static ChildJvm uncached(JavaHome java) {
    return ChildJvm.program(java, "LoadProgram")
        .within(WITHIN)
        .jvmArgs("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0");
  }
}
