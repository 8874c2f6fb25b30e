package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code java -m}: a module that looks its arguments up, a line each. */
final class ModularProgram {
  static final String MODULE = "program";

  private static final String MAIN =
      """
      package program;

      public class Main {
        public static void main(String[] args) throws Exception {
          for (String name : args) {
            System.out.println(java.net.InetAddress.getByName(name).getHostAddress());
          }
        }
      }
      """;

  private ModularProgram() {}

  /**
   * Its classes, a module for Java 11 and later.
   *
   * @param requires names of modules
   * @param jars where they are
   */
  static Path compile(Path folder, String requires, Path... jars) {
    return Sources.in(folder.resolve("module"))
        .release(11)
        .file("module-info.java", "module " + MODULE + " { " + requires + " }")
        .file("program/Main.java", MAIN)
        .with(jars)
        .compile();
  }

  /** The command, with the agent; the names to look up are its arguments. */
  static ChildJvm command(JavaHome java, Path classes, Path... jars) {
    String path =
        Arrays.stream(jars).map(jar -> File.pathSeparator + jar).collect(Collectors.joining());
    return ChildJvm.of(java, MODULE + "/program.Main")
        .jvmArgs(Watched.AGENT, "-p", classes + path, "-m");
  }
}
