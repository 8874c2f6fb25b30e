package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** JVMs with strict options: names resolve, and stderr is the same as without the agent. */
class FlagsIT {
  private static final String NAME = "one.many.example.test";

  @TempDir Path folder;

  @EachJava
  void strictJvms(JavaHome java) {
    ChildJvm strict =
        program(java)
            .jvmArgs("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal")
            .jvmArgs("-XX:+BytecodeVerificationRemote", "-XX:+UseSerialGC", "-Xshare:off")
            .jvmArgs("-XX:+DisableAttachMechanism");
    if (java.major() <= 11) {
      strict = strict.jvmArgs("-Xverify:all"); // what the two flags are, before it was deprecated
    }
    if (java.major() >= 9 && java.major() <= 16) {
      strict = strict.jvmArgs("--illegal-access=deny");
    }
    if (java.major() >= 24) {
      strict =
          strict.jvmArgs("--sun-misc-unsafe-memory-access=deny", "--illegal-native-access=deny");
    }
    if (java.major() >= 26) {
      strict = strict.jvmArgs("--illegal-final-field-mutation=deny");
    }
    // the JDK's own native code is warned about here and there, on stdout
    strict = strict.jvmArgs("-Xcheck:jni");
    List<Watched> runs = Watched.runAll(folder, strict, strict.jvmArgs(AGENT));

    Watched with = runs.get(1).asked(NAME);
    assertEquals(0, with.result().exitCode(), with.toString());
    assertTrue(with.result().stdout().contains("ok " + OVER_TLS), with.toString());
    assertEquals(runs.get(0).result().stderr(), with.result().stderr());
  }

  /** The program's classes come from an archive that was made without the agent, and with it. */
  @EachJava(from = 17, one = true)
  void applicationClassDataSharing(JavaHome java) {
    Path jar =
        new JarFileOf().folder("", ProgramClasses.java8()).write(folder.resolve("program.jar"));
    ChildJvm program = program(java).classPath(jar);
    Path without = folder.resolve("without.jsa");
    Path with = folder.resolve("with.jsa");
    String archive = "-XX:SharedArchiveFile=";
    List<Watched> runs =
        Watched.runAll(
            folder,
            program.jvmArgs("-XX:ArchiveClassesAtExit=" + without),
            program.jvmArgs("-XX:ArchiveClassesAtExit=" + with, AGENT),
            program.jvmArgs(archive + without, "-Xshare:auto", AGENT),
            program.jvmArgs(archive + with, "-Xshare:auto", AGENT));
    assertTrue(Files.exists(without), runs.toString());
    for (Watched run : runs.subList(2, 4)) {
      List<String> said = new ArrayList<>(run.asked(NAME).quiet().result().stdout());
      // from Java 24 on the JVM says that an archive does not fit, with any agent
      said.removeIf(line -> line.contains("[cds]") || line.contains("[aot]"));
      assertEquals(List.of("ok " + OVER_TLS), said, run.toString());
    }
  }

  /**
   * The classes of the JDK, the program and the agent come from a cache that a run with the agent
   * made ahead of time (JEP 514). With {@code AOTMode=on} a JVM that cannot use its cache does not
   * start.
   */
  @EachJava(from = 25)
  void aheadOfTimeCache(JavaHome java) throws IOException {
    Path jar =
        new JarFileOf().folder("", ProgramClasses.java8()).write(folder.resolve("program.jar"));
    Path cache = folder.resolve("program.aot");
    Path loaded = folder.resolve("loaded.txt");
    ChildJvm program = program(java).classPath(jar);
    ChildJvm quick = program.jvmArgs("-XX:AOTMode=on", "-XX:AOTCache=" + cache);
    List<Watched> runs =
        Watched.runAll(
            folder,
            program.writesAotCache(cache).jvmArgs("-Xlog:aot=off", AGENT),
            quick.jvmArgs("-Xlog:class+load:file=" + loaded, AGENT),
            quick.jvmArgs("-Ddotagent.cache.maxEntries=10", AGENT));
    assertTrue(Files.exists(cache), runs.toString());
    for (Watched run : runs.subList(1, 3)) {
      run.quiet().resolved(List.of("ok " + OVER_TLS), NAME);
    }
    Map<Boolean, Long> ours =
        Files.readAllLines(loaded).stream()
            .filter(line -> line.contains(" io.github.dotagent."))
            .collect(
                Collectors.partitioningBy(
                    line -> line.contains("source: shared objects file"), Collectors.counting()));
    // the agent's few classes that the program sees are not archived
    assertTrue(ours.get(true) > 5 * ours.get(false), ours.toString());
  }

  private static ChildJvm program(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram").args("byName", NAME);
  }
}
