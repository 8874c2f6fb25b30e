package io.github.dotagent.agent.cli.jvm;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the number of a process. */
public final class PidReader implements ITypeConverter<TargetProcess> {
  /** For the help of each command that takes one. */
  public static final String DESCRIPTION = "The JVM; jps lists this user's.";

  /** Made by picocli. */
  public PidReader() {}

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
          "'" + text + "' is not the number of a process; jps lists this user's JVMs");
    }
    return TargetProcess.of(pid);
  }
}
