package io.github.dotagent.tls;

import io.github.dotagent.concurrent.ThreadStarter;

/**
 * Starts threads with only the JDK's own security providers, whatever the program adds: for code
 * that asks for signatures and digests without a provider's name. If this JDK does not allow that,
 * they have all providers. Safe for use by any number of threads.
 */
public final class JdkProviderThreads implements ThreadStarter {
  private final ThreadStarter threads;

  public JdkProviderThreads(ThreadStarter threads) {
    this.threads = threads;
  }

  @Override
  public void start(String role, Runnable work) {
    threads.start(role, new Alone(work));
  }

  @Override
  public void start(String role, Runnable work, Runnable notStarted) {
    threads.start(role, new Alone(work), notStarted);
  }

  private static final class Alone implements Runnable {
    private final Runnable work;

    Alone(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      JdkProviders.Alone alone = JdkProviders.ofThisJvm().begin();
      try {
        work.run();
      } finally {
        alone.end();
      }
    }
  }
}
