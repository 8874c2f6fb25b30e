package io.github.dotagent.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;

/** Where the JVM enters the agent. Hands over to {@link AgentEntry}; no logic of its own. */
public final class AgentPremain {
  /** The agent may be named twice, as in JAVA_TOOL_OPTIONS and on the command line. */
  private static boolean entered; // guarded by the class

  private AgentPremain() {}

  /**
   * Called by the JVM before the program's main; ends the JVM when the agent cannot be installed.
   */
  public static void premain(String argument, Instrumentation instrumentation) {
    if (!isFirst()) {
      return;
    }
    try {
      File jar = AgentJar.file();
      boolean managed = hasSecurityManager(jar, instrumentation);
      if (!AgentEntry.beforeMain(jar, argument, instrumentation, managed)) {
        mayEnterAgain(); // switched off; it may be attached later
      }
    } catch (IOException noJar) {
      StartAbort.because(noJar.getMessage() + "; name an unaltered dot-agent.jar", instrumentation);
    }
  }

  /**
   * Called by the JVM when the agent is attached to a running program.
   *
   * @throws IllegalStateException when it cannot be installed: the program runs on as before, and
   *     whoever attached the agent is told
   */
  public static void agentmain(String argument, Instrumentation instrumentation)
      throws IOException {
    if (!isFirst()) {
      AgentEntry.isThereAlready(argument);
      return;
    }
    boolean installed = false;
    try {
      File jar = AgentJar.file();
      boolean managed = hasSecurityManager(jar, instrumentation);
      installed = AgentEntry.whileRunning(jar, argument, instrumentation, managed);
    } finally {
      if (!installed) {
        mayEnterAgain(); // with settings put right; else the next attach would only seem to work
      }
    }
  }

  /** Not an AtomicBoolean: its VarHandle costs milliseconds of every start. */
  private static synchronized boolean isFirst() {
    boolean first = !entered;
    entered = true;
    return first;
  }

  private static synchronized void mayEnterAgain() {
    entered = false;
  }

  /**
   * Under a SecurityManager (up to Java 23) this class has the few permissions of the program's
   * own. What follows has to come from the bootstrap loader, which has all; so the jar goes there
   * before the next class is loaded. Elsewhere that is left alone: a JVM that shares classes prints
   * a warning when its bootstrap path grows.
   */
  private static boolean hasSecurityManager(File jar, Instrumentation instrumentation)
      throws IOException {
    boolean managed = System.getSecurityManager() != null;
    if (managed) {
      instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
    }
    return managed;
  }
}
