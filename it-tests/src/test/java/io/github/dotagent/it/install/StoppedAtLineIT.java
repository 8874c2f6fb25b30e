package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program stops the thread of a lookup (Thread.stop, up to Java 19), at one line of the agent
 * after the other: its name is found afterwards, and so are others. With {@code wide} also where
 * the name is in the cache, and where it does not exist. {@link BrokenOffIT} does so at random, and
 * within lines.
 */
class StoppedAtLineIT {
  private static final String DOMAIN = ".many.example.test";

  /** The last that many have of those with Thread.stop. */
  private static final int JAVA = 17;

  /** A lookup passes some hundred lines. */
  private static final int FEWEST = 200;

  private static final int FEWEST_CACHED = 20;

  private static final int SOME = 20;

  @TempDir Path folder;

  @Test
  void itsNameAndOthersAreFoundAfterwards() throws Exception {
    Optional<JavaHome> java = InstalledJdks.find(JAVA);
    Assumptions.assumeTrue(java.isPresent(), InstalledJdks.missing(JAVA));
    Path lines = folder.resolve("lines");
    Path agent = StopPointAgent.jar(folder.resolve("stop-points.jar"));
    ChildJvm program =
        ChildJvm.program(java.get(), "StoppedAtLine")
            .jvmArgs("-javaagent:" + agent + "=" + lines)
            .classPath(
                ProgramClasses.java8(), homeOf(StopPointAgent.class), homeOf(ClassReader.class));
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child = dot.agent().set("timeout", "2s").uncachedOn(program).start()) {
      assertFound(child, "before"); // what happens once in a JVM has happened then
      List<String> left = new ArrayList<>();
      left.addAll(atEachLine(child, lines, "new%d" + DOMAIN, FEWEST));
      if (Breadth.times(1, 2) > 1) {
        left.addAll(atEachLine(child, lines, "before1" + DOMAIN, FEWEST_CACHED));
        left.addAll(atEachLine(child, lines, "absent%d.example.test", FEWEST));
      }
      assertEquals(List.of(), left);
      assertFound(child, "after");
    }
  }

  /**
   * The lines after which a lookup hung, or another one was not answered.
   *
   * @param looksUp the name that is looked up, with its number where each has another one
   */
  private static List<String> atEachLine(RunningChild child, Path lines, String looksUp, int fewest)
      throws Exception {
    String said = child.ask("lines " + String.format(looksUp, -1));
    List<Integer> reached =
        Stream.of(said.substring(1, said.length() - 1).split(", ")).map(Integer::valueOf).toList();
    assertTrue(reached.size() > fewest, said);
    List<String> texts = Files.readAllLines(lines);
    List<String> left = new ArrayList<>();
    int stopped = 0;
    int step = Breadth.times(4, 1);
    for (int i = 0; i < reached.size(); i += step) {
      String name = String.format(looksUp, i);
      String ended = child.ask("stop " + reached.get(i) + " " + name);
      stopped += ended.equals("stopped") ? 1 : 0;
      String found = child.ask("found " + (name.endsWith(DOMAIN) ? name : "n" + i + DOMAIN));
      if (ended.equals("hangs") || !found.equals("found")) {
        left.add(texts.get(reached.get(i)) + " " + ended + ", " + found);
      }
    }
    // the way of a lookup differs where its answer comes sooner
    assertTrue(stopped > reached.size() / step / 2, stopped + " of " + reached.size());
    return left;
  }

  private static void assertFound(RunningChild child, String names) {
    for (int i = 0; i < SOME; i++) {
      assertEquals("found", child.ask("found " + names + i + DOMAIN));
    }
  }

  private static Path homeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
