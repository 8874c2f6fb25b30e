package io.github.dotagent.metrics;

/**
 * Holds the watcher; there is none at first. Asking costs the read of one field. Safe for use by
 * any number of threads.
 */
public final class Watch {
  private volatile Watcher watcher;

  /** Null while there is no watcher. */
  public Watcher watcher() {
    return watcher;
  }

  /** From now on the watcher receives all events. */
  public void by(Watcher told) {
    watcher = told;
  }

  /** Null: it is not watched. */
  public LookupWatch lookupBegins() {
    Watcher told = watcher;
    return told == null ? null : told.lookupBegins();
  }

  /** Null: it is not watched. */
  public ConnectionWatch connectionBegins() {
    Watcher told = watcher;
    return told == null ? null : told.connectionBegins();
  }
}
