package io.github.dotagent.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes the isolated loader and hands over to what it holds. Public, for under a SecurityManager it
 * is the bootstrap loader's and not of one package with {@link AgentPremain}.
 */
public final class AgentEntry implements PrivilegedAction<Object> {
  private static final String INSTALLER = "io.github.dotagent.agent.install.Installer";
  private static final String ATTACHER = "io.github.dotagent.agent.install.AttachedInstaller";
  private static final String PROBE = "io.github.dotagent.agent.install.AttachedProbe";

  private static ClassLoader isolated; // of what is in place; null: nothing; guarded by the class

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
    AttachReport attached = AttachReport.on(argument);
    if (attached.isProbe()) {
      attached.write(AttachReport.ABSENT);
      return false;
    }
    try {
      AgentEntry entry = new AgentEntry(ATTACHER, jar, attached.settings(), instrumentation);
      String report = (String) enter(entry, securityManaged);
      attached.write(report);
      return report.startsWith(AttachReport.INSTALLED);
    } catch (RuntimeException | Error refused) {
      attached.write(
          AttachReport.REFUSED
              + (refused instanceof IllegalStateException ? refused.getMessage() : refused));
      throw refused;
    }
  }

  /** Attached once more: nothing is done but to prove that it is in place. */
  public static void isThereAlready(String argument) {
    AttachReport attached = AttachReport.on(argument);
    String missing;
    try {
      missing = AccessController.doPrivileged(new Probe(attached.label()));
    } catch (RuntimeException | Error broken) {
      missing = broken.toString();
    }
    attached.write(missing.isEmpty() ? AttachReport.THERE_ALREADY : AttachReport.REFUSED + missing);
  }

  private static synchronized ClassLoader isolated() {
    return isolated;
  }

  private static synchronized void setIsolated(ClassLoader loader) {
    isolated = loader;
  }

  private static Object enter(AgentEntry entry, boolean securityManaged) {
    return securityManaged ? AccessController.doPrivileged(entry) : entry.run();
  }

  @Override
  @SuppressWarnings("unchecked") // both installers are functions of the two
  public Object run() {
    try {
      ClassLoader loader = IsolatedLoader.ofThisJvm(jar);
      Object result = made(loader, installer, BiFunction.class).apply(argument, instrumentation);
      setIsolated(loader);
      return result;
    } catch (IOException | ReflectiveOperationException broken) {
      throw new IllegalStateException(
          "the agent's jar cannot be used: " + broken + "; take an unaltered dot-agent.jar",
          broken);
    }
  }

  private static <T> T made(ClassLoader loader, String type, Class<T> as)
      throws ReflectiveOperationException {
    // the isolated class is known here by its JDK interface alone
    return Class.forName(type, true, loader).asSubclass(as).getDeclaredConstructor().newInstance();
  }

  /** Looks a name up that the agent alone can answer. */
  private static final class Probe implements PrivilegedAction<String> {
    private final String label;

    Probe(String label) {
      this.label = label;
    }

    @Override
    @SuppressWarnings("unchecked") // AttachedProbe is a Function of two strings
    public String run() {
      ClassLoader loader = isolated();
      if (loader == null) {
        return "it is being installed at this moment";
      }
      try {
        return (String) made(loader, PROBE, Function.class).apply(label);
      } catch (ReflectiveOperationException broken) {
        return "its jar was altered: " + broken;
      }
    }
  }
}
