package io.github.dotagent.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes the isolated loader and hands over to its classes. Public, because under a SecurityManager
 * the bootstrap loader loads it, so that it is not in one package with {@link AgentPremain}.
 */
public final class AgentEntry implements PrivilegedAction<Object> {
  private static final String INSTALLER = "io.github.dotagent.agent.install.Installer";
  private static final String PROBE = "probe "; // as AgentRemoval reads it
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
   * Ends the JVM with one message if the agent cannot be installed.
   *
   * @return its removal; null if it is not in place, because the user does not want it
   */
  @SuppressWarnings("unchecked") // Installer
  public static Function<String, String> beforeMain(
      File jar, String argument, Instrumentation instrumentation, boolean securityManaged) {
    try {
      return (Function<String, String>)
          enter(new AgentEntry(INSTALLER, jar, argument, instrumentation), securityManaged);
    } catch (IllegalStateException refused) {
      StartAbort.because(refused.getMessage(), jar, instrumentation);
    } catch (RuntimeException | Error unforeseen) {
      StartAbort.because("internal error of dot-agent: " + unforeseen, jar, instrumentation);
    }
    return new NotStarting();
  }

  /** From Java 26 on premain returns to a JVM that is about to halt. */
  private static final class NotStarting implements Function<String, String> {
    @Override
    public String apply(String request) {
      return AttachReport.KEPT + "the JVM does not start";
    }
  }

  /**
   * The command that attached the agent also gets the result, through {@link AttachReport}. An
   * {@link AgentPremain} of an earlier version may call this method by reflection, after its own
   * agent was taken out. So the signature must stay.
   *
   * @return its removal; null if it is not in place, because the user does not want it
   * @throws IllegalStateException when the agent cannot be installed
   */
  @SuppressWarnings("unchecked") // AttachedInstaller
  public static Function<String, String> whileRunning(
      File jar, String argument, Instrumentation instrumentation, boolean securityManaged) {
    AttachReport attached = AttachReport.on(argument);
    if (attached.isProbe()) {
      attached.write(AttachReport.ABSENT);
      return null;
    }
    try {
      Map.Entry<String, Function<String, String>> done =
          (Map.Entry<String, Function<String, String>>)
              enter(
                  new AgentEntry(ATTACHER, jar, attached.settings(), instrumentation),
                  securityManaged);
      attached.write(done.getKey());
      return done.getValue();
    } catch (RuntimeException | Error refused) {
      attached.write(
          AttachReport.REFUSED
              + (refused instanceof IllegalStateException ? refused.getMessage() : refused));
      throw refused;
    }
  }

  /**
   * A second attach does nothing but prove that the agent is in place.
   *
   * @param installed an agent of any version, as {@code AgentRemoval}; null while it is installed
   */
  public static void secondAttach(Function<String, String> installed, String argument) {
    AttachReport attached = AttachReport.on(argument);
    String missing;
    try {
      missing =
          installed == null
              ? "it is being installed just now"
              : installed.apply(PROBE + attached.label());
    } catch (RuntimeException | Error broken) {
      missing = broken.toString();
    }
    attached.write(missing.isEmpty() ? AttachReport.THERE_ALREADY : AttachReport.REFUSED + missing);
  }

  /**
   * Takes the agent out.
   *
   * @param installed an agent of any version, as {@code AgentRemoval}; null: there is none
   * @param argument the request of the command
   * @return whether it is out
   */
  public static boolean takeOut(
      Function<String, String> installed, String argument, boolean byForce) {
    String report;
    try {
      report = installed == null ? AttachReport.ABSENT : installed.apply(byForce ? "force" : "");
    } catch (RuntimeException | Error unforeseen) {
      report = AttachReport.KEPT + "internal error of dot-agent: " + unforeseen;
    }
    AttachReport.on(argument).write(report);
    return report.startsWith(AttachReport.REMOVED);
  }

  private static Object enter(AgentEntry entry, boolean securityManaged) {
    return securityManaged ? AccessController.doPrivileged(entry) : entry.run();
  }

  @Override
  @SuppressWarnings("unchecked") // both installers are a BiFunction of these types
  public Object run() {
    try {
      // seen only through a JDK interface
      return Class.forName(installer, true, IsolatedLoader.ofThisJvm(jar))
          .asSubclass(BiFunction.class)
          .getDeclaredConstructor()
          .newInstance()
          .apply(argument, instrumentation);
    } catch (IOException | ReflectiveOperationException broken) {
      throw new IllegalStateException(
          "the agent's jar cannot be used: " + broken + "; use an unmodified dot-agent.jar",
          broken);
    }
  }
}
