package io.github.dotagent.agent.cli.jvm;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The first argument of a command that needs a JVM: its process number. */
public final class PidArgument {
  /** The text of this argument in the help of each command. */
  public static final String DESCRIPTION = "Process ID of the JVM; jps lists this user's.";

  @Parameters(index = "0", paramLabel = "PID", converter = Reader.class, description = DESCRIPTION)
  private TargetProcess process;

  /** Made by picocli. */
  public PidArgument() {}

  /** The process. */
  public TargetProcess process() {
    return process;
  }

  /** Reads the number of a process. */
  public static final class Reader implements ITypeConverter<TargetProcess> {
    /** Made by picocli. */
    public Reader() {}

    @Override
    public TargetProcess convert(String text) {
      long pid;
      try {
        pid = Long.parseLong(text);
      } catch (NumberFormatException noNumber) {
        pid = 0;
      }
      if (pid < 1) {
        throw new TypeConversionException(
            "'" + text + "' is not a process ID; jps lists this user's JVMs");
      }
      return TargetProcess.of(pid);
    }
  }
}
