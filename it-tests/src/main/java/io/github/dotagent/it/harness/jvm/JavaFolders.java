package io.github.dotagent.it.harness.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a Java may be: what the environment names, then the customary folders. */
final class JavaFolders {
  private static final Path USER_HOME = Path.of(System.getProperty("user.home"));

  private JavaFolders() {}

  /** Each folder once, links followed, the likeliest first; not all hold a Java. */
  static Set<Path> candidates() {
    Set<Path> folders = new LinkedHashSet<>();
    fromEnvironment(System.getenv(), folders);
    below(Path.of("/usr/lib/jvm"), "", folders); // Debian, Fedora, Temurin packages
    below(USER_HOME.resolve(".jdks"), "", folders); // IntelliJ
    below(USER_HOME.resolve(".sdkman/candidates/java"), "", folders);
    below(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home", folders); // macOS
    return folders;
  }

  /** {@code JAVA_HOME}, {@code JAVA_HOME_8_X64} and the like, which CI images set. */
  static void fromEnvironment(Map<String, String> environment, Set<Path> folders) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.matches("JAVA_HOME(_\\d+.*)?") && !value.isEmpty()) {
                add(Path.of(value), folders);
              }
            });
  }

  private static void below(Path parent, String within, Set<Path> folders) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> children = Files.list(parent)) {
      children.sorted().forEach(child -> add(child.resolve(within), folders));
    } catch (IOException unreadable) {
      // A folder that this user may not read holds no Java that this user may run.
    }
  }

  private static void add(Path folder, Set<Path> folders) {
    try {
      folders.add(folder.toRealPath());
    } catch (IOException danglingLink) {
      // Nothing there.
    }
  }
}
