package io.github.dotagent.it.demo;

import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of a program under the agent. Immutable: {@link #set} gives a changed copy.
 *
 * @param folder where the agent's log goes
 * @param settings keys without {@code dotagent.}
 */
record AgentRun(Path folder, Map<String, String> settings) {
  static AgentRun in(Path folder) {
    return new AgentRun(folder, Map.of());
  }

  AgentRun set(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(key, value);
    return new AgentRun(folder, all);
  }

  /** The page fetcher, to its end. */
  ChildResult run(List<String> pages) {
    return on(program(pages)).run();
  }

  /** A program with the agent. The log of the run before is gone. */
  ChildJvm on(ChildJvm unmodified) {
    return on(unmodified, "");
  }

  /** The same, and further settings are in a file. */
  ChildJvm on(ChildJvm unmodified, Path file) {
    return on(unmodified, "=" + file);
  }

  private ChildJvm on(ChildJvm unmodified, String agentArgument) {
    List<String> jvmArgs = new ArrayList<>();
    jvmArgs.add("-javaagent:" + BuiltAgent.jar() + agentArgument);
    settings.forEach((key, value) -> jvmArgs.add("-Ddotagent." + key + "=" + value));
    jvmArgs.add("-Ddotagent.log.level=debug");
    jvmArgs.add("-Ddotagent.log.file=" + logFile());
    // the JVM's own cache would answer for a second before the agent's could show itself
    jvmArgs.add("-Dsun.net.inetaddr.ttl=0");
    try {
      Files.deleteIfExists(logFile());
    } catch (IOException cannotDelete) {
      throw new UncheckedIOException(cannotDelete);
    }
    ChildJvm program = unmodified.jvmArgs(jvmArgs.toArray(String[]::new));
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (variable.getKey().startsWith("DOTAGENT_")) {
        program = program.environment(variable.getKey(), variable.getValue());
      }
    }
    return program;
  }

  ChildResult runWithout(List<String> pages) {
    return program(pages).run();
  }

  private static ChildJvm program(List<String> pages) {
    return ChildJvm.program(JavaHome.current(), "PageFetcher").args(pages.toArray(String[]::new));
  }

  /** The agent's log of the last run, without the time of each line. */
  List<String> log() {
    try {
      return Files.exists(logFile())
          ? Files.readAllLines(logFile()).stream()
              .map(line -> line.replaceFirst("^\\S+ ", ""))
              .toList()
          : List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path logFile() {
    return folder.resolve("agent.log");
  }
}
