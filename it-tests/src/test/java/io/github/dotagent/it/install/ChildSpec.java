package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The description of a child JVM as a file, for a scenario that runs in a JVM of its own. */
final class ChildSpec {
  private ChildSpec() {}

  static void write(ChildJvm child, Path file) {
    List<String> lines = new ArrayList<>();
    lines.add("home " + child.java().folder());
    lines.add("major " + child.java().major());
    lines.add("main " + child.mainClass());
    lines.add("within " + child.within());
    lines.add("soon " + child.startsSoon());
    child.jvmArgs().forEach(arg -> lines.add("jvm " + arg));
    child.classPath().forEach(entry -> lines.add("path " + entry));
    child.args().forEach(arg -> lines.add("arg " + arg));
    child.environment().forEach((name, value) -> lines.add("env " + name + "=" + value));
    try {
      Files.write(file, lines);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  static ChildJvm read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    JavaHome java =
        new JavaHome(
            Path.of(values(lines, "home").get(0)), Integer.parseInt(values(lines, "major").get(0)));
    ChildJvm child =
        ChildJvm.of(java, values(lines, "main").get(0))
            .within(Duration.parse(values(lines, "within").get(0)))
            .jvmArgs(values(lines, "jvm").toArray(String[]::new))
            .classPath(values(lines, "path").stream().map(Path::of).toArray(Path[]::new))
            .args(values(lines, "arg").toArray(String[]::new));
    for (String variable : values(lines, "env")) {
      int equals = variable.indexOf('=');
      child = child.environment(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return Boolean.parseBoolean(values(lines, "soon").get(0)) ? child : child.asUsersStartIt();
  }

  private static List<String> values(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .toList();
  }
}
