package io.github.dotagent.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.BiFunction;

/**
 * Makes the isolated loader and hands over to what it holds. Public, for under a SecurityManager it
 * is the bootstrap loader's and not of one package with {@link AgentPremain}.
 */
public final class AgentEntry implements PrivilegedAction<Object> {
  private static final String INSTALLER = "io.github.dotagent.agent.install.Installer";
  private static final String ATTACHER = "io.github.dotagent.agent.install.AttachedInstaller";

  private final String installer;
  private final File jar;
  private final String argument;
  private final Instrumentation instrumentation;

  private AgentEntry(String installer, File jar, String argument, Instrumentation instrumentation) {
    this.installer = installer;
    this.jar = jar;
    this.argument = argument;
    this.instrumentation = instrumentation;
  }

  /**
   * Ends the JVM with one message when the agent cannot be installed.
   *
   * @return whether it is in place; not so where the user does not want it
   */
  public static boolean beforeMain(
      File jar, String argument, Instrumentation instrumentation, boolean securityManaged) {
    try {
      return (Boolean)
          enter(new AgentEntry(INSTALLER, jar, argument, instrumentation), securityManaged);
    } catch (IllegalStateException refused) {
      StartAbort.because(refused.getMessage(), instrumentation);
    } catch (RuntimeException | Error unforeseen) {
      StartAbort.because(
          "dot-agent failed, which is a defect of its own: " + unforeseen, instrumentation);
    }
    return true; // the program will not start
  }

  /**
   * Whoever attached the agent is told by {@link AttachReport}, too.
   *
   * @return whether it is in place; not so where the user does not want it
   * @throws IllegalStateException when the agent cannot be installed
   */
  public static boolean whileRunning(
      File jar, String argument, Instrumentation instrumentation, boolean securityManaged) {
    try {
      String report =
          (String) enter(new AgentEntry(ATTACHER, jar, argument, instrumentation), securityManaged);
      AttachReport.write(report);
      return report.startsWith(AttachReport.INSTALLED);
    } catch (RuntimeException | Error refused) {
      AttachReport.write(
          AttachReport.REFUSED
              + (refused instanceof IllegalStateException ? refused.getMessage() : refused));
      throw refused;
    }
  }

  /** Attached once more: nothing is done. */
  public static void isThereAlready() {
    AttachReport.write(AttachReport.THERE_ALREADY);
  }

  private static Object enter(AgentEntry entry, boolean securityManaged) {
    return securityManaged ? AccessController.doPrivileged(entry) : entry.run();
  }

  @Override
  public Object run() {
    try {
      return made(IsolatedLoader.ofThisJvm(jar)).apply(argument, instrumentation);
    } catch (IOException | ReflectiveOperationException broken) {
      throw new IllegalStateException(
          "the agent's jar cannot be used: " + broken + "; take an unaltered dot-agent.jar",
          broken);
    }
  }

  @SuppressWarnings("unchecked") // the isolated class is known here by its JDK interface alone
  private BiFunction<String, Instrumentation, Object> made(ClassLoader isolated)
      throws ReflectiveOperationException {
    return (BiFunction<String, Instrumentation, Object>)
        Class.forName(installer, true, isolated)
            .asSubclass(BiFunction.class)
            .getDeclaredConstructor()
            .newInstance();
  }
}
