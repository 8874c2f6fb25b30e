package io.github.dotagent.agent;

/** {@code java -jar dot-agent.jar}: says how the agent is used. */
public final class AgentMain {
  /** The contract's exit code for wrong use. */
  private static final int WRONG_USE = 2;

  private AgentMain() {}

  /** Prints the version and how to add the agent to a program. */
  public static void main(String[] arguments) {
    boolean version = arguments.length == 1 && arguments[0].equals("--version");
    if (version) {
      System.out.println("dot-agent " + version());
      return;
    }
    System.err.println("dot-agent " + version());
    System.err.println("It is added to a program: java -javaagent:dot-agent.jar -jar program.jar");
    System.err.println("This version has no commands of its own; see the README for the settings.");
    System.exit(WRONG_USE);
  }

  private static String version() {
    String version = AgentMain.class.getPackage().getImplementationVersion();
    return version == null ? "(unpacked)" : version;
  }
}
