package io.github.dotagent.agent.cli.status;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A value that must follow its option with {@code =}: in {@code --watch 4711} the number is the
 * process, in {@code --watch=5 4711} the 5 are the seconds.
 */
final class AttachedValue implements IParameterPreprocessor {
  /** The default interval: long enough to read the status. */
  static final String SECONDS = "2";

  /** Made by picocli. */
  AttachedValue() {}

  @Override
  @SuppressWarnings("JdkObsolete") // the Stack is picocli's
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (!"=".equals(info.get("separator"))) {
      args.push(SECONDS);
    }
    return false; // picocli reads the value as usual
  }
}
