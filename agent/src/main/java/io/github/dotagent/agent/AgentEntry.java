package io.github.dotagent.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.BiConsumer;

/**
 * Makes the isolated loader and hands over to what it holds. Public, for under a SecurityManager it
 * is the bootstrap loader's and not of one package with {@link AgentPremain}.
 */
public final class AgentEntry implements PrivilegedAction<Void> {
  private static final String INSTALLER = "io.github.dotagent.agent.install.Installer";

  private final File jar;
  private final String argument;
  private final Instrumentation instrumentation;

  private AgentEntry(File jar, String argument, Instrumentation instrumentation) {
    this.jar = jar;
    this.argument = argument;
    this.instrumentation = instrumentation;
  }

  /** Ends the JVM with one message when the agent cannot be installed. */
  public static void beforeMain(
      File jar, String argument, Instrumentation instrumentation, boolean securityManaged) {
    try {
      enter(new AgentEntry(jar, argument, instrumentation), securityManaged);
    } catch (IllegalStateException refused) {
      StartAbort.because(refused.getMessage(), instrumentation);
    } catch (RuntimeException | Error unforeseen) {
      StartAbort.because(
          "dot-agent failed, which is a defect of its own: " + unforeseen, instrumentation);
    }
  }

  /**
   * @throws IllegalStateException when the agent cannot be installed
   */
  public static void whileRunning(
      File jar, String argument, Instrumentation instrumentation, boolean securityManaged) {
    enter(new AgentEntry(jar, argument, instrumentation), securityManaged);
  }

  private static void enter(AgentEntry entry, boolean securityManaged) {
    if (securityManaged) {
      AccessController.doPrivileged(entry);
    } else {
      entry.run();
    }
  }

  @Override
  public Void run() {
    try {
      installer(IsolatedLoader.ofThisJvm(jar)).accept(argument, instrumentation);
      return null;
    } catch (IOException | ReflectiveOperationException broken) {
      throw new IllegalStateException(
          "the agent's jar cannot be used: " + broken + "; take an unaltered dot-agent.jar",
          broken);
    }
  }

  @SuppressWarnings("unchecked") // the isolated class is known here by its JDK interface alone
  private static BiConsumer<String, Instrumentation> installer(ClassLoader isolated)
      throws ReflectiveOperationException {
    return (BiConsumer<String, Instrumentation>)
        Class.forName(INSTALLER, true, isolated)
            .asSubclass(BiConsumer.class)
            .getDeclaredConstructor()
            .newInstance();
  }
}
