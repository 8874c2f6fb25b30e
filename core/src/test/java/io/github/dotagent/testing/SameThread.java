package io.github.dotagent.testing;

import io.github.dotagent.concurrent.Threads;

/** Work is done at once, by the thread that wants it started. */
public enum SameThread implements Threads {
  THREADS;

  @Override
  public void start(String role, Runnable work) {
    work.run();
  }
}
