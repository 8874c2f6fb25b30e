package io.github.dotagent.config;

/** What happens when the hook cannot be put in place and proved. */
public enum InstallMode {
  /** The JVM ends with the reason: going on would send names in the clear. */
  ABORT,
  /** The reason is logged, and the program goes on without the agent. */
  WARN
}
