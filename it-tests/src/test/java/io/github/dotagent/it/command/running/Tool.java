package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.util.List;

/**
 * The command line, run as a user runs it.
 *
 * @param java the one that runs it
 */
record Tool(JavaHome java) {
  /** By the Java of the build, which is a JDK. */
  static Tool ofTheBuild() {
    return new Tool(JavaHome.current());
  }

  /** To be run. */
  ChildJvm command(String... arguments) {
    return ChildJvm.of(java, Agent.jar().toString()).jvmArgs("-jar").args(arguments);
  }

  /**
   * What it prints on stdout.
   *
   * @throws AssertionError when it fails, or prints anything on stderr
   */
  List<String> does(String... arguments) {
    return command(arguments).run().quiet().stdout();
  }

  /**
   * The one line on stderr, without the name of the agent, that says why it failed.
   *
   * @throws AssertionError when it does not fail
   */
  String refuses(int exitCode, String... arguments) {
    return refusal(exitCode, command(arguments).run());
  }

  static String refusal(int exitCode, ChildResult result) {
    assertEquals(exitCode, result.exitCode(), result.toString());
    assertEquals(List.of(), result.stdout(), result.toString());
    assertEquals(1, result.stderr().size(), result.toString());
    String line = result.stderr().get(0);
    assertTrue(line.startsWith("dot-agent: "), line);
    return line.substring("dot-agent: ".length());
  }
}
