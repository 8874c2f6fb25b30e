package io.github.dotagent.agent.hook;

import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.lang.instrument.Instrumentation;

/** A way to get every lookup of {@code java.net.InetAddress} into the agent. */
public interface LookupHook {
  /**
   * Puts the hook in place. The probe then proves that it works.
   *
   * @param resolver where lookups go from now on
   * @param instrumentation the JVM's
   * @throws HookFailure if this JVM does not allow it; the message says why
   */
  void install(HostResolver resolver, Instrumentation instrumentation) throws HookFailure;

  /**
   * Puts it in place again, after another agent or the program has replaced it.
   *
   * @throws HookFailure if this JVM does not allow it
   */
  void restore(Instrumentation instrumentation, Retransformer retransformer) throws HookFailure;

  /**
   * The hook is lost for good: from now on a lookup that would leave in the clear fails. This takes
   * another way than the hook itself, because that way was lost.
   *
   * @param because the message of its exception
   * @throws HookFailure if this JVM does not allow it
   */
  void refuse(String because, Instrumentation instrumentation, Retransformer retransformer)
      throws HookFailure;

  /** Runs the action whenever classes of the hook are redefined; on any thread, meanwhile. */
  void whenTouched(Runnable action);

  /**
   * Removes everything that {@link #install} put in place: lookups go where they would have gone.
   * Has no effect if nothing is in place.
   *
   * @throws HookFailure when this JVM does not let it
   */
  void remove(Instrumentation instrumentation) throws HookFailure;

  /**
   * Whether the hook has a transformer that can retransform. With the first such transformer the
   * JVM passes every class twice; a second one costs nothing.
   */
  boolean retransforms();

  /**
   * Opens the {@link JdkInternals} to the agent's isolated classes; any number of times.
   *
   * @throws ReflectiveOperationException when the JVM refuses
   */
  void openJdkInternals(Instrumentation instrumentation) throws ReflectiveOperationException;

  /**
   * In place of {@link #install}: lookups stay with the JDK if it answers them only from the file
   * of {@code jdk.net.hosts.file}. The JDK's own use of that property counts, because a program may
   * set it too late. Asks no server.
   *
   * @return false when the JDK asks servers; then nothing is changed
   * @throws HookFailure when this JVM does not tell
   */
  boolean leaveToHostsFile(Instrumentation instrumentation) throws HookFailure;

  /** Whether lookups should reach the agent, which can be proved: true for all hooks but one. */
  boolean takesLookups();

  /**
   * The JDK's own resolver, below the hook; available once {@link #install} has returned, or {@link
   * #leaveToHostsFile} with true.
   */
  SystemResolver systemResolver();
}
