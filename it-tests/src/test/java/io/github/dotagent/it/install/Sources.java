package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.Javac;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sources that a test compiles for itself, since they need a third party's classes or a newer JDK.
 * Immutable: each method gives a changed copy.
 *
 * @param folder where sources and classes go
 * @param files paths and texts, one after the other
 */
public record Sources(Path folder, int release, List<String> files, List<Path> path) {
  public static Sources in(Path folder) {
    return new Sources(folder, 8, List.of(), List.of());
  }

  /** The text of a source among the resources of the tests. */
  static String resource(String path) {
    try (InputStream in = Sources.class.getClassLoader().getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cannotRead) {
      throw new UncheckedIOException(cannotRead);
    }
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
    List<String> arguments =
        new ArrayList<>(List.of("-nowarn", "-Xlint:none", "-proc:none", "-d", classes.toString()));
    if (!path.isEmpty()) {
      arguments.add(files.contains("module-info.java") ? "--module-path" : "-cp");
      arguments.add(
          path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
    try {
      for (int i = 0; i < files.size(); i += 2) {
        Path file = folder.resolve("sources").resolve(files.get(i));
        Files.createDirectories(file.getParent());
        Files.writeString(file, files.get(i + 1));
        arguments.add(file.toString());
      }
      Files.createDirectories(classes);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    Javac.compile(release, arguments);
    return classes;
  }
}
