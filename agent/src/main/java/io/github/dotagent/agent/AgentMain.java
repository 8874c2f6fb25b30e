package io.github.dotagent.agent;

import java.io.PrintStream;

/** {@code java -jar dot-agent.jar}: says how the agent is used. */
public final class AgentMain {
  // the contract's exit codes
  private static final int DONE = 0;
  private static final int WRONG_USE = 2;

  private AgentMain() {}

  /** Prints the version, or how to add the agent to a program. */
  public static void main(String[] arguments) {
    int exitCode = run(arguments, System.out, System.err);
    if (exitCode != DONE) {
      System.exit(exitCode);
    }
  }

  /** The exit code. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      out.println("dot-agent " + version());
      return DONE;
    }
    err.println("dot-agent " + version());
    err.println("It is added to a program: java -javaagent:dot-agent.jar -jar program.jar");
    err.println("This version has no commands of its own; see the README for the settings.");
    return WRONG_USE;
  }

  private static String version() {
    String version = AgentMain.class.getPackage().getImplementationVersion();
    return version == null ? "(unpacked)" : version;
  }
}
