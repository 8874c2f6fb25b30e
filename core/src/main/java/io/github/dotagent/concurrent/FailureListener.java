package io.github.dotagent.concurrent;

/**
 * Receives the failures of the agent's threads that no caller waits for. Implementations must not
 * throw, and serve any number of threads.
 */
public interface FailureListener {
  /**
   * @param failure one line, for people
   */
  void failed(String failure);
}
