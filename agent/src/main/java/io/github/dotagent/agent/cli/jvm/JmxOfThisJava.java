package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;

/** A runtime image need not have JMX, and then even the classes that use it cannot be loaded. */
public final class JmxOfThisJava {
  // in the module java.management.rmi
  private static final String CLIENT = "javax.management.remote.rmi.RMIConnector";

  private JmxOfThisJava() {}

  /**
   * Call it before {@link RemoteMBeans}.
   *
   * @throws CommandFailure if the Java that runs this command has none
   */
  public static void require() throws CommandFailure {
    try {
      Class.forName(CLIENT, false, JmxOfThisJava.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError runtimeOnly) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the Java that runs this command has no JMX: "
              + System.getProperty("java.home")
              + " lacks the module java.management.rmi; run it with the java of a JDK");
    }
  }
}
