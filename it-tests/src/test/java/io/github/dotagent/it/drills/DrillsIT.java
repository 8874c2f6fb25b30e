package io.github.dotagent.it.drills;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees of each fault, word by word: {@code drills/*.txt} among the resources.
 * After a change of words, read the transcript in {@code target/drills} as if you did not know the
 * cause, and copy it to the resources if it names the cause.
 */
class DrillsIT {
  private static final Path SEEN = Path.of("target", "drills");

  @TempDir Path folder;

  @BeforeAll
  static void assumePossible() {
    InNamespace.assumePossible(DrillsIT.class);
    if (!Alarms.canBeTold()) {
      System.out.println("DrillsIT skipped: promtool is not installed (package prometheus)");
      Assumptions.assumeTrue(false, "promtool is not installed");
    }
  }

  private static final List<Drill> SERVERS =
      List.of(
          Drill.ALL_SERVERS_DOWN,
          Drill.ONE_OF_TWO_DOWN,
          Drill.SERVERS_THAT_DO_NOT_ANSWER,
          Drill.A_LOG_FILE_ROTATED);

  private static final List<Drill> IDENTITIES =
      List.of(
          Drill.AN_INTERCEPTOR_APPEARS,
          Drill.AN_INTERCEPTOR_IN_AN_OUTAGE,
          Drill.PINS_ROTATED,
          Drill.A_CERTIFICATE_EXPIRED);

  private static final List<Drill> MACHINE_AND_NETWORK =
      List.of(
          Drill.A_WRONG_CLOCK,
          Drill.A_FIREWALL_THAT_REJECTS,
          Drill.A_FIREWALL_THAT_DROPS,
          Drill.A_TRUST_STORE_DAMAGED,
          Drill.NAMES_IN_THE_CLEAR);

  @EachJava(few = true, from = 17, to = 17)
  void identities(JavaHome java) {
    play(java, IDENTITIES);
  }

  @Tag("wide")
  @EachJava(few = true)
  void identitiesOnOtherJavas(JavaHome java) {
    assumeNotPlayed(java);
    play(java, IDENTITIES);
  }

  @Tag("wide")
  @EachJava(few = true)
  void servers(JavaHome java) {
    play(java, SERVERS);
  }

  @Tag("wide")
  @EachJava(few = true)
  void theMachineAndItsNetwork(JavaHome java) {
    play(java, MACHINE_AND_NETWORK);
  }

  private static void assumeNotPlayed(JavaHome java) {
    Assumptions.assumeTrue(java.major() != 17, "played above");
  }

  private void play(JavaHome java, List<Drill> drills) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network"))
            .addresses(Scene.FIRST, Scene.SECOND)
            .hosts("127.0.0.1 localhost\n");
    try {
      for (Drill drill : drills) {
        Files.createFile(folder.resolve(drill.name()));
      }
      InNamespace.run(DrillsScenario.class, network, java, folder);
      Files.createDirectories(SEEN);
      assertAll(drills.stream().map(drill -> as(drill, java)));
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private Executable as(Drill drill, JavaHome java) {
    return () -> {
      List<String> seen = Files.readAllLines(folder.resolve(drill.file()));
      Files.write(SEEN.resolve(java.major() + "-" + drill.file()), seen);
      assertEquals(
          String.join("\n", expected(drill)), String.join("\n", seen), drill + " on " + java);
    };
  }

  private static List<String> expected(Drill drill) throws IOException {
    try (InputStream in = DrillsIT.class.getResourceAsStream("/drills/" + drill.file())) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
