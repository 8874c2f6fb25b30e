package io.github.dotagent.it.harness.jvm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles the sources that a test writes. */
public final class Javac {
  private static final Duration WITHIN = Duration.ofMinutes(2); // it takes a second or two

  private Javac() {}

  /**
   * In this process where its JDK knows the release, for that saves a JVM's start; else with the
   * oldest JDK that does.
   *
   * @param release of Java
   * @param arguments options and files
   * @throws AssertionError when it fails, with what it said
   */
  public static void compile(int release, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--release", Integer.toString(release)));
    all.addAll(arguments);
    JavaCompiler own = ToolProvider.getSystemJavaCompiler();
    if (own != null && release <= Runtime.version().feature()) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      int exit = own.run(null, said, said, all.toArray(String[]::new));
      if (exit != 0) {
        throw new AssertionError("javac " + all + ": " + said.toString(StandardCharsets.UTF_8));
      }
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(oldest(release).folder().resolve("bin").resolve("javac").toString());
    command.addAll(all);
    try (RunningChild javac = RunningChild.of(command, WITHIN)) {
      javac.await().quiet();
    }
  }

  /** The build needs one of 18 or newer as well. */
  private static JavaHome oldest(int release) {
    return InstalledJdks.all().stream()
        .filter(java -> java.isJdk() && java.major() >= release)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no JDK of " + release + " or newer"));
  }
}
