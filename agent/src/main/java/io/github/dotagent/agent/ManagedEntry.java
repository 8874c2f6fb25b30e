package io.github.dotagent.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.Function;

/**
 * {@link AgentEntry} under a SecurityManager. NOTHING ELSE MAY NAME THIS CLASS: the system loader
 * must not load it before the jar is on the bootstrap loader's path. Then it finds the class there,
 * and with it an AgentEntry and an AttachReport that have all permissions. Those of the system
 * loader, from a time without a SecurityManager, have only the program's permissions.
 */
public final class ManagedEntry {
  private ManagedEntry() {}

  /** See {@link AgentEntry#beforeMain}. */
  public static Function<String, String> beforeMain(
      File jar, String argument, Instrumentation instrumentation) {
    return AgentEntry.beforeMain(jar, argument, instrumentation, true);
  }

  /** See {@link AgentEntry#whileRunning}. */
  public static Function<String, String> whileRunning(
      File jar, String argument, Instrumentation instrumentation) {
    return AgentEntry.whileRunning(jar, argument, instrumentation, true);
  }

  /** See {@link AgentEntry#secondAttach}. */
  public static void secondAttach(Function<String, String> installed, String argument) {
    AgentEntry.secondAttach(installed, argument);
  }

  /** See {@link AgentEntry#takeOut}. */
  public static boolean takeOut(
      Function<String, String> installed, String argument, boolean byForce) {
    return AgentEntry.takeOut(installed, argument, byForce);
  }
}
