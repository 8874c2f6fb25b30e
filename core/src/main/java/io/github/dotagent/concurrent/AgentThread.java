package io.github.dotagent.concurrent;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * A thread of the agent's own: a named daemon outside the program's thread groups, without context
 * class loader.
 */
public final class AgentThread extends Thread {
  /**
   * @param role what it does, such as {@code timer}
   */
  AgentThread(String role, Runnable work) {
    super(rootGroup(), work, "dot-agent-" + role);
    setDaemon(true); // the program's end is not ours to delay
    setContextClassLoader(null); // a web application's loader must be free to go
  }

  /**
   * Makes one by the agent's own rights, with the agent's own rights: up to Java 23 a thread
   * inherits the access control context of the thread that makes it. Under a SecurityManager, which
   * a program may set at any time, that context would have the program's few permissions, and a
   * thread that is made later than the manager is set may not be made at all.
   *
   * @param role what it does, such as {@code timer}
   */
  public static AgentThread of(String role, Runnable work) {
    return of(role, work, null);
  }

  /**
   * The same.
   *
   * @param end told when the thread ends by an exception; null: the JVM's way
   */
  public static AgentThread of(
      final String role, final Runnable work, final UncaughtExceptionHandler end) {
    return AccessController.doPrivileged(
        new PrivilegedAction<AgentThread>() {
          @Override
          public AgentThread run() {
            AgentThread thread = new AgentThread(role, work);
            if (end != null) {
              thread.setUncaughtExceptionHandler(end);
            }
            return thread;
          }
        });
  }

  /**
   * Does nothing. Nothing of ours is ended by an interrupt, and some programs interrupt every
   * thread they find: up to Java 10 the channel that is read in that moment would be closed, such
   * as the port at which all libraries ask (InterruptibleChannel).
   */
  @Override
  public void interrupt() {
    // on purpose
  }

  /** Whether the calling thread is one of the agent's: its lookups must not wait on the agent. */
  public static boolean isCurrent() {
    return Thread.currentThread() instanceof AgentThread;
  }

  /**
   * Whether a program has stopped the thread that threw it (Thread.stop, up to Java 19). By name:
   * the class is to be removed, and a class that catches it could not be verified then.
   */
  public static boolean isStop(Throwable thrown) {
    return "java.lang.ThreadDeath".equals(thrown.getClass().getName());
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
