package io.github.dotagent.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.Function;
import java.util.jar.JarFile;

/**
 * Where the JVM enters the agent. Hands over to {@link AgentEntry}; no logic of its own.
 *
 * <p>STAYS WHEN THE AGENT HAS BEEN TAKEN OUT, and the next attached agent, of any version, enters
 * here. Later agents rely on the requests of {@link AttachReport}, and on {@link
 * AgentEntry#whileRunning}.
 */
public final class AgentPremain {
  // all guarded by the class

  /** A command line may name the agent twice, in JAVA_TOOL_OPTIONS and in its options. */
  private static boolean entered;

  /** Whether the classes beside this one have been used: from then on their jar is decided. */
  private static boolean used;

  private static Function<String, String> removal; // null: nothing is in place

  private static File onBootstrapPath; // the last jar added; null: none

  private AgentPremain() {}

  /**
   * Called by the JVM before the program's main; ends the JVM when the agent cannot be installed.
   */
  public static void premain(String argument, Instrumentation instrumentation) {
    if (!enter()) {
      return;
    }
    try {
      File jar = AgentJar.file();
      boolean managed = hasSecurityManager(jar, instrumentation);
      use();
      // null: switched off; it may be attached later
      installed(
          managed
              ? ManagedEntry.beforeMain(jar, argument, instrumentation)
              : AgentEntry.beforeMain(jar, argument, instrumentation, false));
    } catch (IOException noJar) {
      StartAbort.because(
          noJar.getMessage() + "; use an unmodified dot-agent.jar", null, instrumentation);
    }
  }

  /**
   * The JVM calls this when the agent is attached to a running program, or is about to be taken
   * out.
   *
   * @throws IllegalStateException if it cannot be installed: the program continues as before, and
   *     the attaching process learns why
   */
  public static void agentmain(String argument, Instrumentation instrumentation)
      throws IOException {
    boolean byForce = AttachReport.isRequest(AttachReport.DETACH_BY_FORCE, argument);
    if (byForce || AttachReport.isRequest(AttachReport.DETACH, argument)) {
      takeOut(argument, byForce, instrumentation);
      return;
    }
    if (!enter()) {
      if (hasSecurityManager(instrumentation)) {
        ManagedEntry.secondAttach(removal(), argument);
      } else {
        AgentEntry.secondAttach(removal(), argument);
      }
      return;
    }
    Function<String, String> made = null;
    try {
      boolean first = use();
      File jar = first ? AgentJar.file() : named(argument);
      made =
          hasSecurityManager(jar, instrumentation)
              ? ManagedEntry.whileRunning(jar, argument, instrumentation)
              : first
                  ? AgentEntry.whileRunning(jar, argument, instrumentation, false)
                  : ofItsOwn(jar, argument, instrumentation);
    } finally {
      installed(made); // null allows a later attach; any other result forbids it
    }
  }

  /** Not an AtomicBoolean: its VarHandle costs milliseconds of every start. */
  private static synchronized boolean enter() {
    boolean first = !entered;
    entered = true;
    return first;
  }

  /** Whether this is the first time. */
  private static synchronized boolean use() {
    boolean first = !used;
    used = true;
    return first;
  }

  private static synchronized void installed(Function<String, String> made) {
    removal = made;
    entered = made != null;
  }

  private static synchronized Function<String, String> removal() {
    return removal;
  }

  /** The jar to attach: after an agent of another version was taken out, that is not this one's. */
  private static File named(String argument) throws IOException {
    if (!AttachReport.isRequest(AttachReport.INSTALL, argument)) {
      return AgentJar.attachedLast();
    }
    int begin = AttachReport.INSTALL.length() + AttachReport.DIGITS + 1;
    return new File(argument.substring(begin, argument.indexOf('\n', begin)));
  }

  private static void takeOut(String argument, boolean byForce, Instrumentation instrumentation)
      throws IOException {
    boolean out =
        hasSecurityManager(instrumentation)
            ? ManagedEntry.takeOut(removal(), argument, byForce)
            : AgentEntry.takeOut(removal(), argument, byForce);
    if (out) {
      installed(null);
    }
  }

  /**
   * Classes of this name are here already, perhaps of another version: the jar's own are loaded
   * beside them. They go with the agent.
   */
  @SuppressWarnings("unchecked") // AgentEntry
  private static Function<String, String> ofItsOwn(
      File jar, String argument, Instrumentation instrumentation) throws IOException {
    ClassLoader loader =
        new URLClassLoader(new URL[] {jar.toURI().toURL()}, IsolatedLoader.platform());
    try {
      return (Function<String, String>)
          loader
              .loadClass("io.github.dotagent.agent.AgentEntry")
              .getMethod(
                  "whileRunning", File.class, String.class, Instrumentation.class, boolean.class)
              .invoke(null, jar, argument, instrumentation, false);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException) {
        throw (RuntimeException) thrown.getCause();
      }
      throw (Error) thrown.getCause();
    } catch (ReflectiveOperationException broken) {
      throw new IOException(jar + " cannot be used: " + broken, broken);
    }
  }

  /** The jar that this class came from is enough for a request that loads nothing more. */
  private static boolean hasSecurityManager(Instrumentation instrumentation) throws IOException {
    return System.getSecurityManager() != null
        && hasSecurityManager(AgentJar.file(), instrumentation);
  }

  /**
   * Under a SecurityManager (up to Java 23) this class has only the program's permissions. The next
   * classes must come from the bootstrap loader, which has all ({@link ManagedEntry}); so the jar
   * goes there first. Otherwise not, because a JVM that shares classes prints a warning when its
   * bootstrap path grows.
   */
  private static boolean hasSecurityManager(File jar, Instrumentation instrumentation)
      throws IOException {
    boolean managed = System.getSecurityManager() != null;
    if (managed && noteOnBootstrapPath(jar)) {
      instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
    }
    return managed;
  }

  /** The JVM opens a jar once more each time that it is put on the path. */
  private static synchronized boolean noteOnBootstrapPath(File jar) {
    boolean isNew = !jar.equals(onBootstrapPath);
    onBootstrapPath = jar;
    return isNew;
  }
}
