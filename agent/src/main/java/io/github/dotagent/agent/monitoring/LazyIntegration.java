package io.github.dotagent.agent.monitoring;

/** A part of the JVM for watching a program. It does nothing until the program starts it. */
interface LazyIntegration {
  /** A class of the bootstrap loader that is loaded once this part is in use. */
  String className();

  /**
   * Whether this part is in use, and not merely loaded. Starts nothing, and takes no time.
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
