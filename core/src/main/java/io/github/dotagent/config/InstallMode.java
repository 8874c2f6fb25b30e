package io.github.dotagent.config;

/** What happens if the hook cannot be put in place and proved. */
public enum InstallMode {
  /** The JVM ends with the reason, because to continue would send names in the clear. */
  ABORT,
  /** The reason is logged, and the program continues without the agent. */
  WARN
}
