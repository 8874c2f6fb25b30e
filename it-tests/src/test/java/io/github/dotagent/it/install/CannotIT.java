package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hook cannot be put in place: one message, and then what {@code install} says. */
@Timeout(120)
class CannotIT {
  @TempDir Path folder;

  @EachJava
  void anAlteredJarDoesNotStart(JavaHome java) throws IOException {
    Path jar = agentWithout(name -> name.endsWith("/install/Installer.classdata"));
    String line = refused(program(java).jvmArgs("-javaagent:" + jar));
    assertTrue(line.contains("take an unaltered dot-agent.jar"), line);
  }

  @EachJava
  void withoutItsHookItDoesNotStart(JavaHome java) throws IOException {
    ChildJvm program = program(java).jvmArgs("-javaagent:" + agentWithoutHook());
    String line = refused(program);
    assertTrue(line.contains("the hook is not in place"), line);
    assertTrue(line.contains("the jar lacks"), line);
    assertTrue(line.contains("-Ddotagent.install=warn"), line);

    ChildResult warned = program.jvmArgs("-Ddotagent.install=warn").run();
    assertEquals(0, warned.exitCode(), warned.toString());
    assertEquals(List.of("ok 127.0.0.1"), warned.stdout());
    assertEquals(1, warned.stderr().size(), warned.toString());
    String said = warned.stderr().get(0);
    assertTrue(said.contains(" dot-agent warn the hook is not in place"), said);
    assertTrue(said.contains("in the clear"), said);
  }

  private static ChildJvm program(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram").args("byName", "127.0.0.1");
  }

  /** The one line on stderr of a JVM that did not start. */
  private static String refused(ChildJvm program) {
    ChildResult result = program.run();
    assertEquals(1, result.exitCode(), result.toString());
    assertEquals(List.of(), result.stdout(), "the program did not run");
    assertEquals(1, result.stderr().size(), result.toString());
    String line = result.stderr().get(0);
    assertTrue(line.startsWith("dot-agent: the JVM does not start: "), line);
    return line;
  }

  private Path agentWithoutHook() throws IOException {
    return agentWithout(
        name ->
            name.endsWith("/ResolverProviderHook.classdata")
                || name.endsWith("/DotAgentBridge.classdata"));
  }

  private Path agentWithout(Predicate<String> entries) throws IOException {
    Path altered = folder.resolve("altered.jar");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(Agent.jar()));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(altered))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entries.test(entry.getName())) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          in.transferTo(out);
        }
      }
    }
    return altered;
  }
}
