package io.github.dotagent.agent.hook;

import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.lang.instrument.Instrumentation;

/** A way to get every lookup of {@code java.net.InetAddress} into the agent. */
public interface LookupHook {
  /**
   * Puts the hook in place. That it holds is for the probe to prove.
   *
   * @param resolver where lookups go from now on
   * @param instrumentation the JVM's
   * @throws HookFailure when this JVM does not let it; the message says why
   */
  void install(HostResolver resolver, Instrumentation instrumentation) throws HookFailure;

  /**
   * Puts it in place once more, behind whatever another agent or the program has put there.
   *
   * @throws HookFailure when this JVM does not let it
   */
  void restore(Instrumentation instrumentation, Retransformer retransformer) throws HookFailure;

  /**
   * The hook is lost for good: from now on a lookup that would leave in the clear fails. By another
   * way than the hook itself, which is the one that was lost.
   *
   * @param because what its exception says
   * @throws HookFailure when this JVM does not let it
   */
  void refuse(String because, Instrumentation instrumentation, Retransformer retransformer)
      throws HookFailure;

  /**
   * Has the action run whenever classes of the hook are made anew; on any thread, while they are.
   */
  void whenTouched(Runnable action);

  /**
   * Takes out again what {@link #install} put in place, all or a part of it: lookups go where they
   * would have gone. Has no effect where nothing is in place.
   *
   * @throws HookFailure when this JVM does not let it
   */
  void remove(Instrumentation instrumentation) throws HookFailure;

  /**
   * Whether it has a transformer that can retransform. With the first of those the JVM hands every
   * class over twice; one more costs nothing.
   */
  boolean retransforms();

  /**
   * Opens the {@link JdkInternals} to the agent's isolated classes; any number of times.
   *
   * @throws ReflectiveOperationException when the JVM refuses
   */
  void openJdkInternals(Instrumentation instrumentation) throws ReflectiveOperationException;

  /**
   * In the place of {@link #install}: lookups stay with the JDK where it answers them from the file
   * of {@code jdk.net.hosts.file} alone. What counts is what the JDK has made of that property: a
   * program may set it too late. Asks no server.
   *
   * @return false when the JDK asks servers; then nothing is changed
   * @throws HookFailure when this JVM does not tell
   */
  boolean leaveToHostsFile(Instrumentation instrumentation) throws HookFailure;

  /** Whether lookups are to come to the agent, and can be proved to: all hooks but one. */
  boolean takesLookups();

  /**
   * The JDK's own resolver, beneath the hook; of use once {@link #install} has returned, or {@link
   * #leaveToHostsFile} with true.
   */
  SystemResolver systemResolver();
}
