package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a made-up {@code /proc}. */
class RunningJvmsTest {
  private static final String JVM = "7f00-7f10 r-xp 0 08:01 1 /jdk/lib/server/libjvm.so\n";

  @TempDir Path proc;

  private void process(String folder, long pid, String user, String maps, String... arguments)
      throws IOException {
    Path process = Files.createDirectories(proc.resolve(folder));
    Files.writeString(
        process.resolve("status"),
        "Tgid:\t" + pid + "\nState:\tS (sleeping)\nUid:\t" + (user + "\t").repeat(4) + "\n");
    Files.writeString(process.resolve("maps"), maps);
    Files.writeString(process.resolve("cmdline"), String.join("\0", arguments) + "\0");
    thread(folder, pid, "java");
  }

  private void thread(String folder, long id, String name) throws IOException {
    Path thread = Files.createDirectories(proc.resolve(folder).resolve("task/" + id));
    Files.writeString(thread.resolve("comm"), name + "\n");
  }

  @Test
  void listsTheJvmsOfThisUserWithAndWithoutTheAgent() throws IOException {
    process("self", 99, "1000", JVM, "java", "-jar", "dot-agent.jar", "status");
    process("99", 99, "1000", JVM, "java", "-jar", "dot-agent.jar", "status");
    process("20", 20, "1000", JVM, "java", "-cp", "a:b", "-Xmx1g", "com.example.Shop", "x");
    process("4", 4, "1000", JVM, "/jdk/bin/java", "-javaagent:d.jar", "-jar", "/opt/shop.jar");
    thread("4", 5, "dot-agent-timer");
    process("5", 5, "1001", JVM, "java", "Other");
    process("6", 6, "1000", "7f00-7f10 r-xp 0 08:01 1 /bin/bash\n", "bash");
    process("7", 7, "1000", JVM, "java", "-jar", "/opt/dot-agent-1.0.jar", "status", "4");
    List<String> found =
        RunningJvms.in(proc).stream()
            .map(jvm -> jvm.process().pid() + " " + jvm.hasAgent() + " " + jvm.program())
            .toList();
    assertEquals(List.of("4 true shop.jar", "20 false com.example.Shop"), found);
  }

  @Test
  void aMappedModulesFileOfAJdkIsAJvmTheKernelsIsNot() throws IOException {
    String mapped = "7f00-7f10 r--p 0 08:01 1 ";
    process("self", 99, "1000", JVM, "java");
    process("3", 3, "1000", mapped + "/usr/lib/modules/6.1.0/modules.dep.bin\n", "udevd");
    process("4", 4, "1000", mapped + "/jdk/lib/modules\n", "/jdk/bin/java", "com.example.Shop");
    process("5", 5, "1000", mapped + "/jdk/lib/modules (deleted)\n", "java", "com.example.Old");
    List<String> found =
        RunningJvms.in(proc).stream()
            .map(jvm -> jvm.process().pid() + " " + jvm.program())
            .toList();
    assertEquals(List.of("4 com.example.Shop", "5 com.example.Old"), found);
  }
}
