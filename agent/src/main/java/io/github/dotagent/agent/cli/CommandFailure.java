package io.github.dotagent.agent.cli;

import io.github.dotagent.net.TerminalText;

/** A command cannot do its work. Its message is one line for people, on stderr. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message the problem, and its remedy
   */
  public CommandFailure(int exitCode, String message) {
    super(TerminalText.of(message)); // a part of it may come from another process
    this.exitCode = exitCode;
  }

  /** The exit code of the JVM. */
  public int exitCode() {
    return exitCode;
  }
}
