package io.github.dotagent.it.drills;

import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs in a network of its own. Plays the drills that the folder has a file for, one after the
 * other, and leaves their transcripts there.
 */
final class DrillsScenario {
  private DrillsScenario() {}

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) throws Exception {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    Path folder = Path.of(args[2]);
    for (Drill drill : Drill.values()) {
      if (Files.exists(folder.resolve(drill.name()))) {
        play(drill, java, folder);
      }
    }
  }

  private static void play(Drill drill, JavaHome java, Path folder) throws Exception {
    try (Scene scene = new Scene(java, folder.resolve(drill.file() + ".scene"))) {
      drill.play(scene);
      Files.write(folder.resolve(drill.file()), scene.transcript.lines());
    } catch (Exception | AssertionError failed) {
      throw new AssertionError(drill + ": " + failed.getMessage(), failed);
    }
  }
}
