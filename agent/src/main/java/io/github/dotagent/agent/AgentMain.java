package io.github.dotagent.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Function;

/**
 * The command line, {@code java -jar dot-agent.jar}. All its classes are in the isolated loader, as
 * those of the agent are.
 */
public final class AgentMain {
  private static final String COMMANDS = "io.github.dotagent.agent.cli.main.Commands";

  // the same numbers as in ExitCode
  private static final int DONE = 0;
  private static final int WRONG_USE = 2;

  private AgentMain() {}

  /** Runs one command, and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    int exitCode = run(arguments, System.err);
    if (exitCode != DONE) {
      System.exit(exitCode);
    }
  }

  /** The exit code. */
  static int run(String[] arguments, PrintStream err) {
    try {
      return commands(IsolatedLoader.ofThisJvm(AgentJar.file())).apply(arguments);
    } catch (IOException | ReflectiveOperationException broken) {
      err.println("dot-agent: " + broken.getMessage() + "; use an unmodified dot-agent.jar");
      return WRONG_USE;
    }
  }

  @SuppressWarnings("unchecked") // seen only through a JDK interface
  private static Function<String[], Integer> commands(ClassLoader isolated)
      throws ReflectiveOperationException {
    return (Function<String[], Integer>)
        Class.forName(COMMANDS, true, isolated)
            .asSubclass(Function.class)
            .getDeclaredConstructor()
            .newInstance();
  }
}
