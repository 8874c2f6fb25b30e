package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * What a lookup costs a young JVM, which interprets each call: calls and bytecodes of all threads,
 * and the files of dot-agent that have a part in it, as medians of many lookups. A count, not a
 * time: a busy machine changes little in it. Arguments: the Java to take (17 or newer; 17 where
 * none is named), and {@code where}, for the files and the methods with the most calls.
 */
public final class CallsBenchmark {
  private static final String JAVA = "17";

  /** Past the first use of each class and the first of the cache's upkeep. */
  private static final int WARM_UP = 100;

  private static final int COUNTED = 200;

  private static final int MOST_METHODS = 60; // more than half of the calls

  /** The JVM runs several times slower, and the counts are of a lookup that waits for none. */
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final JavaHome java;
  private final Unbound unbound;
  private final Path folder;
  private final boolean where;

  private CallsBenchmark(JavaHome java, Unbound unbound, Path folder, boolean where) {
    this.java = java;
    this.unbound = unbound;
    this.folder = folder;
    this.where = where;
  }

  public static void main(String[] args) throws IOException {
    int version = Integer.parseInt(args.length == 0 ? JAVA : args[0]);
    JavaHome java =
        InstalledJdks.find(version)
            .orElseThrow(() -> new IOException("no Java " + version + " on this machine"));
    try (Unbound unbound = Unbound.start()) {
      CallsBenchmark benchmark =
          new CallsBenchmark(
              java,
              unbound,
              Files.createTempDirectory("dot-agent-bench"),
              List.of(args).contains("where"));
      benchmark.count("a name in the cache", "cached", true);
      benchmark.count("a new name", "new", true);
      benchmark.count("two bare queries", "bare", false);
    }
  }

  private void count(String title, String way, boolean agent) throws IOException {
    Path names = folder.resolve(way + ".methods");
    ChildJvm child =
        ChildJvm.program(java, "CountedLookups")
            .classPath(
                ProgramClasses.java8(), homeOf(CountingAgent.class), homeOf(ClassReader.class))
            .within(WITHIN)
            .asUsersStartIt()
            .jvmArgs("-Xshare:off") // says nothing of the boot class path then
            .jvmArgs(
                "-javaagent:"
                    + BenchmarkAgents.counting(folder.resolve(way + ".jar"))
                    + "="
                    + names)
            .jvmArgs("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0")
            .args(way, Unbound.DOMAIN)
            .args("" + unbound.port(), unbound.trust().toString(), Unbound.NAME);
    if (agent) {
      child =
          child.jvmArgs(
              "-javaagent:" + BuiltAgent.jar(),
              "-Ddotagent.upstreams=127.0.0.1@" + unbound.port() + "#" + Unbound.NAME,
              "-Ddotagent.trustStore=" + unbound.trust());
    }
    Map<Integer, Count> counts = new TreeMap<>();
    try (RunningChild running = child.start()) {
      for (int i = -WARM_UP; i < COUNTED; i++) {
        running.send("one");
        for (String line = running.readLine(); !line.isEmpty(); line = running.readLine()) {
          if (i >= 0) {
            String[] figures = line.split(" ");
            counts
                .computeIfAbsent(Integer.parseInt(figures[0]), method -> new Count())
                .set(i, Integer.parseInt(figures[1]), Integer.parseInt(figures[2]));
          }
        }
      }
      running.finish().quiet();
    }
    print(title, counts, Method.read(names));
  }

  private void print(String title, Map<Integer, Count> counts, Map<Integer, Method> methods) {
    Map<String, Integer> files = new TreeMap<>();
    Count all = new Count();
    counts.forEach(
        (number, count) -> {
          all.add(count);
          Method method = methods.get(number);
          if (method.isOurs() && median(count.bytecodes) > 0) {
            files.merge(method.path(), median(count.calls), Integer::sum);
          }
        });
    line(
        "Java %d, %s: %d calls, %d bytecodes, %d files",
        java.major(), title, median(all.calls), median(all.bytecodes), files.size());
    if (where) {
      files.forEach((file, calls) -> line("  %5d calls made by %s", calls, file));
      line("  methods that make the most calls: calls, bytecodes");
      counts.entrySet().stream()
          .sorted(Comparator.comparing(entry -> -median(entry.getValue().calls)))
          .limit(MOST_METHODS)
          .forEach(
              entry ->
                  line(
                      "  %5d %7d  %s",
                      median(entry.getValue().calls),
                      median(entry.getValue().bytecodes),
                      methods.get(entry.getKey())));
    }
  }

  /** What comes between now and then (a timer, the cache's upkeep) is in none of them. */
  private static int median(int[] values) {
    return Arrays.stream(values).sorted().skip(COUNTED / 2).findFirst().getAsInt();
  }

  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static Path homeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException notAFile) {
      throw new IllegalStateException(notAFile);
    }
  }

  /** What a method did in each lookup. */
  private static final class Count {
    private final int[] calls = new int[COUNTED];
    private final int[] bytecodes = new int[COUNTED];

    void set(int lookup, int newCalls, int newBytecodes) {
      calls[lookup] = newCalls;
      bytecodes[lookup] = newBytecodes;
    }

    void add(Count other) {
      for (int lookup = 0; lookup < COUNTED; lookup++) {
        calls[lookup] += other.calls[lookup];
        bytecodes[lookup] += other.bytecodes[lookup];
      }
    }
  }

  private record Method(String file, String type, String name) {
    /** As {@link CountingAgent} wrote them. */
    static Map<Integer, Method> read(Path names) throws IOException {
      try (var lines = Files.lines(names)) {
        return lines
            .map(line -> line.split(" "))
            .collect(
                Collectors.toMap(
                    words -> Integer.parseInt(words[0]),
                    words -> new Method(words[1], words[2], words[3])));
      }
    }

    /** The agent's classes in packages of the JDK begin with its name. */
    boolean isOurs() {
      return type.startsWith("io/github/dotagent/") && !type.startsWith("io/github/dotagent/it/")
          || file.startsWith("DotAgent");
    }

    String path() {
      return type.substring(0, type.lastIndexOf('/') + 1) + file;
    }

    @Override
    public String toString() {
      return type.replace('/', '.') + '.' + name;
    }
  }
}
