package io.github.dotagent.it.programs;

import java.lang.instrument.Instrumentation;

/** An agent that does nothing: what a JVM pays for any agent at all. */
public final class NoopAgent {
  private NoopAgent() {}

  public static void premain(String argument, Instrumentation instrumentation) {
    // nothing
  }
}
