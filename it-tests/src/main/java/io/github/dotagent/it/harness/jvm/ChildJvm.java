package io.github.dotagent.it.harness.jvm;

import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code java} process to be. Its environment is this one's without anything that speaks to Java
 * or to the agent. Immutable: each method gives a changed copy, so that one may serve many runs.
 *
 * @param jvmArgs before the main class, in order
 * @param environment added to the cleaned environment
 * @param within bound of every single wait for the child
 * @param namespace where it runs; empty: in the network of this process
 * @param startsSoon whether it has options for that, which a test does not mean
 */
public record ChildJvm(
    JavaHome java,
    List<String> jvmArgs,
    List<Path> classPath,
    String mainClass,
    List<String> args,
    Map<String, String> environment,
    Duration within,
    Optional<NetworkNamespace> namespace,
    boolean startsSoon) {

  /** A JVM starts within a second or two; on a slow machine that is held to half a core, in 20. */
  /**
   * For a JVM that starts others: some builds of a JDK have a spawn helper that this machine's C
   * library is too old for.
   */
  public static final String STARTS_OTHERS = "-Djdk.lang.Process.launchMechanism=FORK";

  private static final Duration WITHIN = Duration.ofMinutes(2);

  /**
   * Most children run for a second, a third of which goes to the second compiler and to a collector
   * with threads of its own.
   */
  private static final List<String> STARTS_SOON =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** A JVM writes its own warnings to stdout, such as those of its collector. */
  private static final List<String> WARNS_ON_STDERR =
      List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

  public ChildJvm {
    jvmArgs = List.copyOf(jvmArgs);
    classPath = List.copyOf(classPath);
    args = List.copyOf(args);
    environment = Map.copyOf(environment);
  }

  /** A main class of that name, with nothing on its class path yet. */
  public static ChildJvm of(JavaHome java, String mainClass) {
    return new ChildJvm(
        java,
        List.of(),
        List.of(),
        mainClass,
        List.of(),
        Map.of(),
        WITHIN,
        Optional.empty(),
        Breadth.ofThisBuild().equals(Optional.of(Breadth.NARROW)));
  }

  /** One of the programs for Java 8 and later, by its simple name. */
  public static ChildJvm program(JavaHome java, String name) {
    return of(java, "io.github.dotagent.it.programs." + name).classPath(ProgramClasses.java8());
  }

  /** One of the programs for Java 11 and later, by its simple name. */
  public static ChildJvm program11(JavaHome java, String name) {
    return of(java, "io.github.dotagent.it.programs." + name).classPath(ProgramClasses.java11());
  }

  /** A main class of the harness or of a test, with the class path of this JVM. */
  public static ChildJvm sameClassPath(Class<?> main) {
    List<Path> here =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    ChildJvm child = of(JavaHome.current(), main.getName()).classPath(here.toArray(Path[]::new));
    return Breadth.ofThisBuild()
        .map(breadth -> child.jvmArgs("-D" + Breadth.PROPERTY + "=" + breadth))
        .orElse(child);
  }

  public ChildJvm classPath(Path... entries) {
    List<Path> all = List.of(entries);
    return new ChildJvm(
        java, jvmArgs, all, mainClass, args, environment, within, namespace, startsSoon);
  }

  /**
   * Has the JVM make a cache ahead of time (JEP 514), in a JVM that it starts at its end.
   *
   * @param cache the file
   */
  public ChildJvm writesAotCache(Path cache) {
    return jvmArgs("-XX:AOTCacheOutput=" + cache, STARTS_OTHERS);
  }

  /** Added to those there are. */
  public ChildJvm jvmArgs(String... more) {
    List<String> all = joined(jvmArgs, List.of(more));
    return new ChildJvm(
        java, all, classPath, mainClass, args, environment, within, namespace, startsSoon);
  }

  /** Added to those there are. */
  public ChildJvm args(String... more) {
    List<String> all = joined(args, List.of(more));
    return new ChildJvm(
        java, jvmArgs, classPath, mainClass, all, environment, within, namespace, startsSoon);
  }

  public ChildJvm environment(String name, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value);
    return new ChildJvm(
        java, jvmArgs, classPath, mainClass, args, all, within, namespace, startsSoon);
  }

  public ChildJvm within(Duration time) {
    return new ChildJvm(
        java, jvmArgs, classPath, mainClass, args, environment, time, namespace, startsSoon);
  }

  public ChildJvm inside(NetworkNamespace network) {
    return new ChildJvm(
        java,
        jvmArgs,
        classPath,
        mainClass,
        args,
        environment,
        within,
        Optional.of(network),
        startsSoon);
  }

  /** With the compilers and the collector that users have: for what is under load. */
  public ChildJvm asUsersStartIt() {
    return new ChildJvm(
        java, jvmArgs, classPath, mainClass, args, environment, within, namespace, false);
  }

  /** Runs it to its end. */
  public ChildResult run() {
    try (RunningChild child = start(command())) {
      return child.await();
    }
  }

  /** Starts it, to be driven through stdin and stdout: each line of stdout is the program's. */
  public RunningChild start() {
    return start(java.major() == 8 ? command() : command(WARNS_ON_STDERR));
  }

  private RunningChild start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    CleanEnvironment.apply(builder.environment());
    builder.environment().putAll(environment);
    try {
      return new RunningChild(builder.start(), command, within);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException("cannot start " + command, cannotStart);
    }
  }

  /** What starts it: for a child that is to run under something else. */
  public List<String> command() {
    return command(List.of());
  }

  private List<String> command(List<String> firstArgs) {
    List<String> command = new ArrayList<>();
    command.add(java.java().toString());
    command.addAll(firstArgs);
    if (startsSoon) {
      command.addAll(optionsToStartSoon());
    }
    command.addAll(jvmArgs);
    if (!classPath.isEmpty()) {
      command.add("-cp");
      command.add(
          classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
    command.add(mainClass);
    command.addAll(args);
    return namespace.map(network -> network.wrap(command)).orElse(command);
  }

  /** A JVM takes one collector; else the last word counts, which is the test's. */
  private List<String> optionsToStartSoon() {
    boolean collects = jvmArgs.stream().anyMatch(arg -> arg.matches("-XX:\\+Use\\w+GC"));
    return collects ? STARTS_SOON.subList(0, 1) : STARTS_SOON;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
