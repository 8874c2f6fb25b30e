package io.github.dotagent.agent.monitoring;

/** A part of the JVM for watching a program, which sleeps until the program wakes it. */
interface LazyIntegration {
  /** The class of the bootstrap loader that is loaded when it is awake. */
  String className();

  /**
   * Whether it is awake, and not merely loaded. Wakes nothing, and takes no time.
   *
   * @param loaded the class of that name
   * @throws ReflectiveOperationException when this JDK does not let it be seen
   */
  boolean isAwake(Class<?> loaded) throws ReflectiveOperationException;

  /**
   * Joins it, once; may take its time.
   *
   * @throws Exception if it cannot be joined
   */
  void join() throws Exception;

  /**
   * Undoes {@link #join}.
   *
   * @throws Exception if it cannot be left
   */
  void leave() throws Exception;

  /** Its name, for the log. */
  @Override
  String toString();
}
