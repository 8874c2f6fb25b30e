package io.github.dotagent.it.command.running;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that run without the agent, and settings for it in a file. */
final class RunningPrograms {
  /** For a program that must get no agent: if it gets one, no query leaves this machine. */
  static final String NOWHERE = "-Ddotagent.upstreams=127.0.0.1@1#dns.example";

  private RunningPrograms() {}

  /** To be driven through stdin; does not warn of an agent that comes later (JEP 451). */
  static ChildJvm program(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "LookupProgram").args("-");
    return java.major() >= 21 ? program.jvmArgs("-XX:+EnableDynamicAgentLoading") : program;
  }

  /** The path of a properties file with the settings, new in the folder. */
  static String file(Path folder, Agent agent) {
    List<String> lines = new ArrayList<>();
    agent.settings().forEach((key, value) -> lines.add(key + " = " + value));
    try {
      Path file = Files.createTempFile(folder, "dot-agent", ".properties");
      Files.write(file, lines);
      return file.toString();
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }
}
