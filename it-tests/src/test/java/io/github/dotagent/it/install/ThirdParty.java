package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of other projects that the build fetched: see {@code third-party} in the pom. */
public final class ThirdParty {
  static final Path DNSJAVA = jar("dnsjava");
  static final Path SLF4J = jar("slf4j-api");
  static final Path TOMCAT = jar("tomcat");
  static final Path TOMCAT_ANNOTATIONS = jar("tomcat-annotations");
  static final Path FELIX = jar("felix");

  private ThirdParty() {}

  static Path jbossModules(int java) {
    return jar(java < 24 ? "jboss-modules" : "jboss-modules-2");
  }

  public static Path jar(String name) {
    Path jar = folder().resolve(name + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("not fetched yet: " + jar);
    }
    return jar;
  }

  /** All jars of a folder of them. */
  public static List<Path> jars(String folder) {
    try (Stream<Path> files = Files.list(folder().resolve(folder))) {
      return files.sorted().toList();
    } catch (IOException notFetchedYet) {
      throw new UncheckedIOException(notFetchedYet);
    }
  }

  /** Whether there is such a folder: some are fetched by a command of their own. */
  static boolean has(String folder) {
    return Files.isDirectory(folder().resolve(folder));
  }

  private static Path folder() {
    return ProgramClasses.java8().getParent().getParent().resolve("third-party");
  }
}
