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
    setDaemon(true); // must not delay the program's end
    setContextClassLoader(null); // must not keep a web application's class loader alive
  }

  /**
   * Makes a thread with the agent's own permissions, in a privileged block. Up to Java 23 a thread
   * inherits the access control context of the thread that makes it. Under a SecurityManager, which
   * a program may set at any time, that context would have only the program's permissions, which
   * may not even allow a new thread.
   *
   * @param role what it does, such as {@code timer}
   */
  public static AgentThread of(String role, Runnable work) {
    return of(role, work, null);
  }

  /**
   * The same.
   *
   * @param end is called if the thread ends by an exception; null: the JVM's own handler
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
   * Does nothing. No work of the agent ends by an interrupt, and some programs interrupt every
   * thread they find. Up to Java 10 that would close the channel that is being read, such as the
   * port for all libraries (InterruptibleChannel).
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
   * Whether a program has stopped the thread that threw it (Thread.stop, up to Java 19). It
   * compares the name, because the JDK will remove the class ThreadDeath, and a class that catches
   * it could not be verified then.
   */
  public static boolean isStop(Throwable thrown) {
    return "java.lang.ThreadDeath".equals(thrown.getClass().getName());
  }

  /**
   * The root group, because a program may count, interrupt or destroy the groups that it has made.
   */
  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
