package io.github.dotagent.testing;

import io.github.dotagent.concurrent.ThreadStarter;

/** Work is done at once, by the thread that wants it started. */
public enum SameThread implements ThreadStarter {
  THREADS;

  @Override
  public void start(String role, Runnable work) {
    work.run();
  }
}
