package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that are stricter than most: names are resolved, and stderr is what it is without us. */
class FlagsIT {
  private static final String NAME = "one.many.example.test";

  @TempDir Path folder;

  @EachJava(every = true)
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
    ChildJvm checked = program(java).jvmArgs("-Xcheck:jni");
    List<Watched> runs =
        Watched.runAll(folder, strict, strict.jvmArgs(AGENT), checked.jvmArgs(AGENT));

    List<String> without = runs.get(0).result().stderr();
    runs.get(1).resolved(List.of("ok " + OVER_TLS), NAME);
    assertEquals(without, runs.get(1).result().stderr());
    // the JDK's own native code is warned about here and there, on stdout
    Watched warned = runs.get(2).asked(NAME).quiet();
    assertEquals(0, warned.result().exitCode(), warned.toString());
    assertTrue(warned.result().stdout().contains("ok " + OVER_TLS), warned.toString());
  }

  /** The program's classes come from an archive that was made without us, and with us. */
  @EachJava(from = 17)
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
   * The program's classes come from a cache that was made ahead of time (JEP 483), without us but
   * with the module that every agent brings. With {@code AOTMode=on} a JVM that cannot use its
   * cache does not start.
   */
  @EachJava(from = 25, every = true)
  void aheadOfTimeCache(JavaHome java) {
    Path jar =
        new JarFileOf().folder("", ProgramClasses.java8()).write(folder.resolve("program.jar"));
    ChildJvm program = program(java).classPath(jar).jvmArgs("--add-modules", "java.instrument");
    String recorded = "-XX:AOTConfiguration=" + folder.resolve("program.aotconf");
    String cache = "-XX:AOTCache=" + folder.resolve("program.aot");
    List<Watched> runs =
        Watched.runAll(
            folder,
            program.jvmArgs("-XX:AOTMode=record", recorded),
            program.jvmArgs("-XX:AOTMode=create", recorded, cache),
            program(java).classPath(jar).jvmArgs("-XX:AOTMode=on", cache, AGENT));
    assertTrue(Files.exists(folder.resolve("program.aot")), runs.toString());
    runs.get(2).quiet().resolved(List.of("ok " + OVER_TLS), NAME);
  }

  private static ChildJvm program(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram").args("byName", NAME);
  }
}
