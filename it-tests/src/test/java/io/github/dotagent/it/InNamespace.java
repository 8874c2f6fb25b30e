package io.github.dotagent.it;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Scenarios that need a network of their own; skipped by name where none can be had. */
public final class InNamespace {
  /** A scenario has children of its own, one after the other, each with a bound of its own. */
  private static final Duration WITHIN = Duration.ofMinutes(8);

  private InNamespace() {}

  /** Skips the tests of a class, with a line that says why. */
  public static void assumePossible(Class<?> tests) {
    NetworkNamespace.whyUnavailable()
        .ifPresent(
            reason -> {
              // the report has the reason as well; the console would show a bare count
              System.out.println(tests.getSimpleName() + " skipped: " + reason);
              Assumptions.assumeTrue(false, reason);
            });
  }

  /**
   * What a scenario printed. Its main is given a java home, the major version of that, and a
   * folder.
   */
  public static List<String> run(
      Class<?> scenario, NetworkNamespace network, JavaHome java, Path folder) {
    return ChildJvm.sameClassPath(scenario)
        .jvmArgs("-D" + Agent.JAR_PROPERTY + "=" + Agent.jar())
        .args(java.folder().toString(), Integer.toString(java.major()), folder.toString())
        .inside(network)
        .within(WITHIN)
        .run()
        .quiet()
        .stdout();
  }
}
