package io.github.dotagent.agent.cli;

/** What a command ends with; docs/commands.md has the table. */
public final class ExitCode {
  /** It did what it was asked for. */
  public static final int DONE = 0;

  /** The name does not exist, a check failed, or what was found could not be written. */
  public static final int FAILED = 1;

  /** Arguments or settings that cannot be read; also picocli's own code for them. */
  public static final int WRONG_USE = 2;

  /** No upstream could be reached or authenticated. */
  public static final int NO_UPSTREAM = 3;

  private ExitCode() {}
}
