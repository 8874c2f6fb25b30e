package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sources that a test compiles for itself, since they need a third party's classes or a newer JDK.
 * Immutable: each method gives a changed copy.
 *
 * @param folder where sources and classes go
 * @param files paths and texts, one after the other
 */
public record Sources(Path folder, int release, List<String> files, List<Path> path) {
  private static final int SECONDS = 60; // a compiler takes two, on a machine under load ten

  public static Sources in(Path folder) {
    return new Sources(folder, 8, List.of(), List.of());
  }

  public Sources release(int java) {
    return new Sources(folder, java, files, path);
  }

  public Sources file(String name, String text) {
    List<String> all = new ArrayList<>(files);
    all.add(name);
    all.add(text);
    return new Sources(folder, release, all, path);
  }

  /** Jars to compile against; as modules where a module-info is among the sources. */
  public Sources with(Path... jars) {
    return new Sources(folder, release, files, List.of(jars));
  }

  /** The folder of the classes. */
  public Path compile() {
    Path classes = folder.resolve("classes");
    List<String> command = new ArrayList<>();
    command.add(javac().folder().resolve("bin").resolve("javac").toString());
    command.addAll(List.of("-nowarn", "-Xlint:none", "--release", Integer.toString(release)));
    command.addAll(List.of("-proc:none", "-d", classes.toString()));
    if (!path.isEmpty()) {
      command.add(files.contains("module-info.java") ? "--module-path" : "-cp");
      command.add(
          path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
    try {
      for (int i = 0; i < files.size(); i += 2) {
        Path file = folder.resolve("sources").resolve(files.get(i));
        Files.createDirectories(file.getParent());
        Files.writeString(file, files.get(i + 1));
        command.add(file.toString());
      }
      Files.createDirectories(classes);
      run(command);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    return classes;
  }

  /** The oldest JDK that knows the release; the build needs one of 18 or newer as well. */
  private JavaHome javac() {
    return InstalledJdks.all().stream()
        .filter(java -> java.isJdk() && java.major() >= Math.max(release, 11)) // 11: knows 8
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no JDK of " + release + " or newer"));
  }

  private static void run(List<String> command) throws IOException {
    Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      javac.getOutputStream().close();
      String said = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!javac.waitFor(SECONDS, TimeUnit.SECONDS) || javac.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + said);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    } finally {
      javac.destroyForcibly();
    }
  }
}
