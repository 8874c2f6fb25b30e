package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything goes wrong that can. Arguments: how long (such as {@code 10m}), the Java (such as
 * {@code 17}), a folder for what is written down, and, to see a course again, its seed.
 */
public final class Chaos {
  private static final String INSIDE = "inside";
  private static final int LAST_LINES = 40;

  /** The time in which storms begin; one under way is finished. */
  private static final Duration MORE = Duration.ofMinutes(5);

  private Chaos() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals(INSIDE)) {
      inside(args);
      return;
    }
    long seed = args.length < 4 ? System.nanoTime() : Long.parseLong(args[3]);
    int java = Integer.parseInt(args[1]);
    JavaHome home = InstalledJdks.find(java).orElseThrow(() -> new IOException("no Java " + java));
    Duration length = Duration.parse("PT" + args[0]);
    ChildResult result = run(length, home, Path.of(args[2]), seed);
    result.stdout().forEach(System.out::println);
    result.stderr().forEach(System.err::println);
    System.exit(result.exitCode());
  }

  /**
   * Its exit code is 0 when nothing was that must not be; else stdout says what was.
   *
   * @param seed the same gives the same faults in the same order
   */
  public static ChildResult run(Duration length, JavaHome java, Path folder, long seed)
      throws IOException {
    Path own = Files.createDirectories(folder.toAbsolutePath());
    NetworkNamespace network =
        NetworkNamespace.in(own.resolve("network")).hosts("127.0.0.1 localhost\n");
    return ChildJvm.sameClassPath(Chaos.class)
        .args(INSIDE, length.toString(), java.folder().toString(), Integer.toString(java.major()))
        .args(own.toString(), Long.toString(seed))
        .inside(network)
        .within(length.plus(MORE))
        .run();
  }

  private static void inside(String[] args) throws Exception {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[2]), Integer.parseInt(args[3]));
    Path folder = Path.of(args[4]);
    long seed = Long.parseLong(args[5]);
    boolean isBroken = true;
    try (ChaosCourse course = new ChaosCourse(java, seed, folder)) {
      List<String> broken = course.run(Duration.parse(args[1]));
      broken.forEach(System.out::println);
      isBroken = !broken.isEmpty();
    } finally {
      if (isBroken) {
        System.out.println("seed " + seed + " on " + java + "; the last of " + folder + ":");
        ChaosCourse.lastOf(folder.resolve("faults.log"), LAST_LINES).forEach(System.out::println);
        ChaosCourse.lastOf(folder.resolve("agent.log"), LAST_LINES).forEach(System.out::println);
      }
    }
    List<String> log = ChaosCourse.lastOf(folder.resolve("faults.log"), LAST_LINES);
    log.stream()
        .filter(line -> line.contains("lookups"))
        .reduce((a, b) -> b)
        .ifPresent(System.out::println);
    System.exit(isBroken ? 1 : 0);
  }
}
