package io.github.dotagent.metrics;

import java.util.List;

/**
 * Receives events as they happen, on the threads that cause them: it must be quick, must not look a
 * name up and must not throw. Safe for use by any number of threads.
 */
public interface Watcher {
  /** A program looks a name up; null: this one is not watched. */
  LookupWatch lookupBegins();

  /** A connection to a server is being made; null: this one is not watched. */
  ConnectionWatch connectionBegins();

  /**
   * A server has shown none of the keys that the user gave.
   *
   * @param upstream the server as the user writes it
   * @param presented the pins of its chain, the server's own first
   * @param refused whether the connection was given up for it
   */
  void pinMismatch(String upstream, List<String> presented, boolean refused);

  /**
   * A library asks a DNS server itself, past {@code InetAddress}; called on its thread.
   *
   * @param library the class that asks
   * @param server the one that it chose, {@code ADDRESS@PORT}
   * @param fate the treatment of the query
   */
  void bypass(String library, String server, Bypass.Fate fate);
}
