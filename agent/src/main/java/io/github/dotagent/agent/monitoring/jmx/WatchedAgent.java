package io.github.dotagent.agent.monitoring.jmx;

import io.github.dotagent.CoreStatus;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.observe.ObserveReport;
import java.util.List;

/** The agent, as watchers see it. Safe for use by any number of threads. */
public interface WatchedAgent {
  /** Such as {@code 1.0.0}. */
  String version();

  /** The hook, as in the start line; or why lookups do not reach the agent. */
  String hook();

  /** Whether the last proof succeeded. */
  boolean isHookInPlace();

  /** How often a proof failed and the hook could be put back. */
  long hookLosses();

  /** {@code enforce} or {@code observe}. */
  String mode();

  /**
   * The results of observing; empty if names are not observed. At most a second old, because a
   * console asks for it with each attribute.
   */
  ObserveReport observed();

  /** {@code strict} or {@code opportunistic}. */
  String profile();

  /** How many pins are set and the effect of a mismatch, or {@code none}; as in the start line. */
  String pins();

  /**
   * How many pins hold for a server.
   *
   * @param peer its authentication name, or its address where it has none
   */
  int pinsOf(String peer);

  /** How long the JVM's own cache keeps names, as in the start line. */
  String jvmCachePolicy();

  /**
   * Where a name goes and why, and its cached answers, a line each. Asks no server.
   *
   * @param name as a program would look it up
   */
  List<String> explain(String name);

  /** Up to which level lines are written. */
  Level logLevel();

  /** From now on lines up to this level are written. The file of the log stays. */
  void setLogLevel(Level level);

  /** Each setting with its value and where it was given. */
  List<String> settings();

  /**
   * Reads the settings files at once, and returns the changes, a line each.
   *
   * @throws IllegalStateException if they do not take effect; the message says why
   */
  List<String> reload();

  /** The counts of lookups. */
  CoreStatus status();

  /**
   * Forgets every name, in the agent's cache and in the JVM's.
   *
   * @throws IllegalStateException when the JVM's own cache cannot be reached; the message says why
   */
  void flush();

  /**
   * Forgets one name, in both caches.
   *
   * @param name in any case, with or without the dot at its end
   * @throws IllegalStateException as {@link #flush()}
   */
  void flush(String name);
}
