package io.github.dotagent.tls;

import io.github.dotagent.concurrent.Threads;

/**
 * Starts threads that have the JDK's own security providers and no others, whatever the program
 * adds: for what asks for signatures and digests by no provider's name. Where this JDK does not let
 * us, they have all. Safe for use by any number of threads.
 */
public final class JdkProviderThreads implements Threads {
  private final Threads threads;

  public JdkProviderThreads(Threads threads) {
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
