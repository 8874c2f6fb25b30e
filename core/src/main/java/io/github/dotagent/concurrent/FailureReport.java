package io.github.dotagent.concurrent;

/**
 * Told of what fails on a thread of the agent, where no caller waits for it. Implementations must
 * not throw, and serve any number of threads.
 */
public interface FailureReport {
  /**
   * @param failure one line, for people
   */
  void failed(String failure);
}
