package io.github.dotagent.concurrent;

/** Starts the agent's threads. */
public interface ThreadStarter {
  /**
   * Starts a named daemon thread that inherits nothing from the calling one; returns at once.
   *
   * @param role what the thread does; part of its name
   */
  void start(String role, Runnable work);

  /**
   * The same, for work that others wait for.
   *
   * @param notStarted is run if the machine has no room for another thread: then the work does not
   *     begin
   */
  default void start(String role, Runnable work, Runnable notStarted) {
    start(role, work);
  }
}
