package io.github.dotagent.agent.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Checks the command line of a service, as far as it concerns the agent. */
final class CommandLineCheck {
  private static final String AGENT = "-javaagent:";

  /** Agents in native code, which a JVM starts before each that is written in Java. */
  private static final String[] NATIVE = {"-agentpath:", "-agentlib:"};

  /** The JDK's debugger looks no names up before the program does. */
  private static final String DEBUGGER = "-agentlib:jdwp";

  private static final String HOSTS_FILE = "-Djdk.net.hosts.file=";

  private CommandLineCheck() {}

  /**
   * @param commandLine as in a shell; words before the options do not matter
   */
  static List<Finding> of(String commandLine) {
    ServiceCommand command = ServiceCommand.of(commandLine);
    List<String> options = command.options();
    List<Finding> findings = new ArrayList<>();
    findings.add(order(command));
    Finding archive = archive(options);
    if (archive != null) {
      findings.add(archive);
    }
    for (String option : options) {
      if (option.startsWith(HOSTS_FILE)) {
        findings.add(Finding.note(option + ": " + HookCheck.FILE_ALONE, HookCheck.WITHOUT_FILE));
      }
    }
    return findings;
  }

  private static Finding order(ServiceCommand command) {
    List<String> before = new ArrayList<>();
    for (String option : command.options()) {
      if (OtherAgentsCheck.isOurs(option)) {
        return before.isEmpty()
            ? Finding.ok("dot-agent is the first agent")
            : Finding.fail(
                "before dot-agent comes " + String.join(", ", before),
                "an agent that comes first may look names up in the clear: put dot-agent.jar before"
                    + " every other -javaagent");
      }
      if (isAnother(option)) {
        before.add(option);
      }
    }
    for (String argument : command.ofProgram()) {
      if (OtherAgentsCheck.isOurs(argument)) {
        return Finding.fail(
            argument + " stands after the program: the JVM passes it to the program as an argument",
            "names leave in the clear: write it before the main class or -jar");
      }
    }
    return Finding.fail(
        "no -javaagent names dot-agent",
        "names leave in the clear: write -javaagent:dot-agent.jar before the main class or -jar");
  }

  private static boolean isAnother(String option) {
    for (String prefix : NATIVE) {
      if (option.startsWith(prefix)) {
        return !option.startsWith(DEBUGGER);
      }
    }
    return option.startsWith(AGENT);
  }

  /** Null where there is none. */
  private static Finding archive(List<String> options) {
    for (String option : options) {
      if (option.startsWith("-XX:ArchiveClassesAtExit")) {
        return Finding.fail(
            option + " together with an agent: the JVM writes no archive",
            "write it in a run without the agent, once, or use -XX:AOTCacheOutput on Java 25 and"
                + " newer (docs/start.md)");
      }
      if (option.equals("-XX:+AutoCreateSharedArchive")) {
        return Finding.note(
            option + " together with an agent: the JVM reads the archive, and cannot write it",
            "write it in a run without the agent, once, or use -XX:AOTCacheOutput on Java 25 and"
                + " newer (docs/start.md)");
      }
      if (option.equals("-XX:AOTMode=on")) {
        return Finding.note(
            option + ": the JVM does not start unless the cache was written with an agent too",
            "write it in a run with the agent, or leave the option out (docs/start.md)");
      }
    }
    return null;
  }
}
