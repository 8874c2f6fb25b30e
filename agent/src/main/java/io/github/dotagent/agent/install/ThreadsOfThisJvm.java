package io.github.dotagent.agent.install;

import io.github.dotagent.concurrent.AgentThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The threads of the JVM, the program's and the agent's, seen from the thread that ends it. */
final class ThreadsOfThisJvm implements ClassLoadsUnderWay.Running {
  /** Long enough for a running thread to load a class, and short for a person who waits. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** If a program has more threads than that, not all are checked: each takes 20 µs. */
  private static final int MOST = 500;

  /** The threads of this agent, without those of another agent that was in this JVM before. */
  static List<Thread> ofTheAgent() {
    ThreadGroup group = rootGroup();
    Thread[] all = new Thread[group.activeCount() + MOST];
    int count = group.enumerate(all, true);
    List<Thread> ours = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (all[i] instanceof AgentThread) {
        ours.add(all[i]);
      }
    }
    return ours;
  }

  @Override
  public Map<Thread, StackTraceElement[]> stacks() {
    Thread[] all = new Thread[MOST];
    int count = rootGroup().enumerate(all, true);
    Map<Thread, StackTraceElement[]> stacks = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Thread thread = all[i];
      if (thread == Thread.currentThread()) {
        continue;
      }
      if (thread.getState() == Thread.State.RUNNABLE) {
        stacks.put(thread, thread.getStackTrace());
      }
    }
    return stacks;
  }

  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  @Override
  public void letThemRun() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
