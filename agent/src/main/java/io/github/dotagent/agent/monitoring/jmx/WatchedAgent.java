package io.github.dotagent.agent.monitoring.jmx;

import io.github.dotagent.CoreStatus;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.observe.ObserveReport;
import java.util.List;

/** The agent as those see it who watch it. Safe for use by any number of threads. */
public interface WatchedAgent {
  /** Such as {@code 1.0.0}. */
  String version();

  /** What is hooked into, as in the start line; why lookups pass it by, where they do. */
  String hook();

  /** Whether the last proof held. */
  boolean isHookInPlace();

  /** How often a proof did not hold, though the hook could be put back. */
  long hookLosses();

  /** {@code enforce} or {@code observe}. */
  String mode();

  /**
   * What observing has shown; empty where names are not observed. At most a second old, for each
   * figure of a console asks for it.
   */
  ObserveReport observed();

  /** {@code strict} or {@code opportunistic}. */
  String profile();

  /** How many pins are set and what a mismatch does, or {@code none}; as in the start line. */
  String pins();

  /** How long the JVM's own cache keeps names, as in the start line. */
  String jvmCachePolicy();

  /**
   * Where a name goes and why, and what is kept of it, a line each. Asks no server.
   *
   * @param name as a program would look it up
   */
  List<String> explain(String name);

  /** Up to which level lines are written. */
  Level logLevel();

  /** From now on lines up to this level are written, to where they went before. */
  void setLogLevel(Level level);

  /** Each setting with its value and where it was given. */
  List<String> settings();

  /**
   * Looks at the files of the settings at once: what has changed, a line each.
   *
   * @throws IllegalStateException when what they say does not hold; the message says why
   */
  List<String> reload();

  /** How lookups have been going. */
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
