package io.github.dotagent.it.harness;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import java.nio.file.Path;

/**
 * Runs in a network of its own: a program that has no agent asks the system, and the witness on
 * port 53 sees it. What a test of the agent must never see, so the witness is proved to see it.
 */
final class WitnessScenario {
  private WitnessScenario() {}

  /** The arguments: a java home and its major version. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    try (Port53Witness witness = Port53Witness.answering(ServerFixture.ZONE, "127.0.0.1", 53)) {
      ChildResult result =
          ChildJvm.program(java, "LookupProgram")
              .args("byName", "four.example.test", "byName", "from-hosts.test")
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .run()
              .quiet();
      result.stdout().forEach(System.out::println);
      witness.sightings().stream()
          .map(Sighting::question)
          .distinct()
          .forEach(question -> System.out.println("seen " + question));
    }
  }
}
