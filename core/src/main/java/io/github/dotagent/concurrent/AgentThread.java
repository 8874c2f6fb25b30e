package io.github.dotagent.concurrent;

/**
 * A thread of the agent's own: a named daemon outside the program's thread groups, without context
 * class loader.
 */
public final class AgentThread extends Thread {
  /**
   * @param role what it does, such as {@code timer}
   */
  public AgentThread(String role, Runnable work) {
    super(rootGroup(), work, "dot-agent-" + role);
    setDaemon(true); // the program's end is not ours to delay
    setContextClassLoader(null); // a web application's loader must be free to go
  }

  /** Whether the calling thread is one of the agent's: its lookups must not wait on the agent. */
  public static boolean isCurrent() {
    return Thread.currentThread() instanceof AgentThread;
  }

  /** The program's own groups may be counted, interrupted or destroyed by it. */
  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
