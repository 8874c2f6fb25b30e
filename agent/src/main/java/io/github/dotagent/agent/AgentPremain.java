package io.github.dotagent.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.util.function.BiConsumer;

/**
 * Where the JVM enters the agent. Makes the isolated loader and hands over to what it holds; no
 * logic of its own.
 */
public final class AgentPremain {
  private static final String INSTALLER = "io.github.dotagent.agent.install.Installer";

  /** The agent may be named twice, as in JAVA_TOOL_OPTIONS and on the command line. */
  private static boolean entered; // guarded by the class

  private AgentPremain() {}

  /** Called by the JVM before the program's main. */
  public static void premain(String argument, Instrumentation instrumentation) {
    try {
      enter(argument, instrumentation);
    } catch (IllegalStateException refused) {
      StartAbort.because(refused.getMessage());
    } catch (RuntimeException | Error unforeseen) {
      StartAbort.because("dot-agent failed, which is a defect of its own: " + unforeseen);
    }
  }

  /**
   * Called by the JVM when the agent is attached to a running program.
   *
   * @throws IllegalStateException when it cannot be: the program runs on as before, and whoever
   *     attached the agent is told
   */
  public static void agentmain(String argument, Instrumentation instrumentation) {
    enter(argument, instrumentation);
  }

  private static void enter(String argument, Instrumentation instrumentation) {
    if (!isFirst()) {
      return;
    }
    try {
      installer(IsolatedLoader.ofThisJvm(AgentJar.file())).accept(argument, instrumentation);
    } catch (IOException | URISyntaxException | ReflectiveOperationException broken) {
      throw new IllegalStateException(
          "the agent's jar cannot be used: " + broken + "; take an unaltered dot-agent.jar",
          broken);
    }
  }

  /** Not an AtomicBoolean: its VarHandle costs milliseconds of every start. */
  private static synchronized boolean isFirst() {
    boolean first = !entered;
    entered = true;
    return first;
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
