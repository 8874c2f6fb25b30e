package io.github.dotagent.agent.cli;

/** The exit codes of commands; docs/commands.md has the table. */
public final class ExitCode {
  /** The command succeeded. */
  public static final int DONE = 0;

  /** The name does not exist, a check failed, or the output could not be written. */
  public static final int FAILED = 1;

  /** Arguments or settings that cannot be read; also picocli's own code for them. */
  public static final int WRONG_USE = 2;

  /** No upstream could be reached or authenticated. */
  public static final int NO_UPSTREAM = 3;

  private ExitCode() {}
}
