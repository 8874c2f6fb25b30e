package io.github.dotagent.agent.cli;

/** A command cannot do what it was asked for. Its message is one line for people, on stderr. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message what is wrong, and what to do about it
   */
  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the JVM ends with. */
  public int exitCode() {
    return exitCode;
  }
}
