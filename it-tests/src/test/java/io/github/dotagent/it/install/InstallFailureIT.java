package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;

/** The hook cannot be put in place: one message, and the effect of {@code install}. */
class InstallFailureIT {
  private static final String NAME = "one.many.example.test";

  /** If the JVM starts, no query leaves this machine. */
  private static final Agent NOWHERE = Agent.bare().set("upstreams", "127.0.0.1@1#dns.example");

  /** A JVM that is halted within premain waits for a minute (JDK-8387045). */
  private static final Duration BELOW_A_SLOW_END = Duration.ofSeconds(50);

  @TempDir Path folder;

  @EachJava
  void anAlteredJarDoesNotStart(JavaHome java) throws IOException {
    Path jar = agentWithout(name -> name.endsWith("/install/Installer.classdata"));
    String line = refused(program(java).jvmArgs("-javaagent:" + jar));
    assertTrue(line.contains("use an unmodified dot-agent.jar"), line);
  }

  @EachJava(every = true)
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

  /** The JVM itself ends: it does not start without the agent that it cannot load. */
  @EachJava
  void aJarThatCannotBeReadDoesNotStart(JavaHome java) throws IOException {
    Path cut = folder.resolve("cut.jar");
    byte[] whole = Files.readAllBytes(Agent.jar());
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    for (Path jar : List.of(folder.resolve("absent.jar"), cut)) {
      ChildResult result = program(java).jvmArgs("-javaagent:" + jar).run();
      assertEquals(1, result.exitCode(), result.toString());
      // where it says so depends on the release
      String said = String.join(" ", result.stdout()) + String.join(" ", result.stderr());
      assertTrue(said.contains("instrument") || said.contains(jar.toString()), said);
      assertTrue(result.stdout().stream().noneMatch(line -> line.startsWith("ok ")), said);
    }
  }

  /**
   * From Java 26 on such a cache brings the class that loads the program before premain. The JVM
   * ends as fast as without it, and the program does not run.
   */
  @EachJava(from = 25, every = true)
  void aJvmWithACacheMadeAheadOfTimeDoesNotStart(JavaHome java) {
    Path jar =
        new JarFileOf().folder("", ProgramClasses.java8()).write(folder.resolve("program.jar"));
    Path cache = folder.resolve("program.aot");
    ChildJvm program = program(java).classPath(jar).jvmArgs("-javaagent:" + Agent.jar());
    ChildResult trained = program.writesAotCache(cache).jvmArgs("-Ddotagent.enabled=false").run();
    assertTrue(Files.exists(cache), trained.toString());

    ChildJvm quick = program.jvmArgs("-XX:AOTMode=on", "-XX:AOTCache=" + cache);
    assertEquals(0, quick.run().exitCode(), "the cache can be used");
    String line = refused(quick.jvmArgs("-Ddotagent.timeout=soon").within(BELOW_A_SLOW_END));
    assertTrue(line.contains("dotagent.timeout=soon"), line);
  }

  /** From Java 22 on java.base has them. */
  @EachJava(from = 11, to = 21)
  void aJvmWithoutEllipticCurvesDoesNotStart(JavaHome java) {
    Path classes = ModularProgram.compile(folder, "");
    String modules = ModularProgram.MODULE + ",java.instrument";
    JavaHome image =
        new JavaHome(JlinkImage.ofExactly(java, classes, folder, modules), java.major());
    String lacks = "lacks the module jdk.crypto.ec";
    ChildJvm program =
        NOWHERE
            .on(ChildJvm.of(image, "program/program.Main"))
            .jvmArgs("-Ddotagent.log.level=warn", "-m")
            .args("127.0.0.1");
    ChildResult refused = program.run();
    assertEquals(1, refused.exitCode(), refused.toString());
    assertEquals(1, refused.stderr().size(), refused.toString());
    assertTrue(refused.stderr().get(0).contains(lacks), refused.toString());
    assertTrue(refused.stderr().get(0).contains("jlink --add-modules"), refused.toString());

    ChildResult doctor =
        ChildJvm.of(image, Agent.jar().toString())
            .jvmArgs(NOWHERE.settingArgs().toArray(new String[0]))
            .jvmArgs("-jar")
            .args("doctor")
            .run();
    String said = String.join("\n", doctor.stdout());
    assertTrue(said.contains(lacks), said);
    assertTrue(doctor.exitCode() != 0, said);
  }

  /** The same for a runtime image without the module for agents. */
  @EachJava(from = 11)
  void aJvmWithoutInstrumentDoesNotStart(JavaHome java) {
    Path classes = ModularProgram.compile(folder, "");
    Path image = JlinkImage.of(java, classes, folder, ModularProgram.MODULE);
    ChildResult result =
        ChildJvm.of(new JavaHome(image, java.major()), "program/program.Main")
            .jvmArgs("-javaagent:" + Agent.jar())
            .jvmArgs(NOWHERE.settingArgs().toArray(new String[0]))
            .jvmArgs("-m")
            .args("127.0.0.1")
            .run();
    assertEquals(1, result.exitCode(), result.toString());
    assertTrue(result.stdout().stream().noneMatch("127.0.0.1"::equals), result.toString());
    String said = String.join(" ", result.stdout()) + String.join(" ", result.stderr());
    assertTrue(said.contains("instrument"), said);
  }

  /** The hook is in place, and the probe does not find it: it is taken out again. */
  @EachJava
  void aHookThatIsNotProvedIsTakenOutAgain(JavaHome java) throws IOException {
    Path jar = agentWithout(name -> name.endsWith("/hook/ProbeName.classdata"), blindProbe());
    ChildJvm program =
        ChildJvm.program(java, "LookupProgram")
            .jvmArgs("-javaagent:" + jar, Watched.SETTINGS)
            .args("byName", NAME, "reverse", "127.0.0.1");
    List<Watched> runs =
        Watched.runAll(
            folder,
            program,
            program.jvmArgs("-Ddotagent.install=warn"),
            ChildJvm.program(java, "LookupProgram").args("byName", NAME, "reverse", "127.0.0.1"));
    ChildResult refused = runs.get(0).result();
    assertEquals(1, refused.exitCode(), refused.toString());
    assertEquals(List.of(), refused.stdout());

    Watched warned = runs.get(1);
    assertEquals(List.of(), warned.asked());
    assertEquals(runs.get(2).leaked(), warned.leaked(), "as without us");
    if (!warned.leaked().isEmpty()) { // else there is no network of our own
      assertEquals(runs.get(2).result().stdout(), warned.result().stdout());
      assertEquals("ok " + Watched.IN_CLEAR, warned.result().stdout().get(0));
    }
    assertEquals(1, warned.result().stderr().size(), warned.toString());
    String said = warned.result().stderr().get(0);
    assertTrue(said.contains("the hook is not in place: blind on purpose"), said);
  }

  /** Has the form of the agent's resolver, and finds nothing. */
  private Path blindProbe() {
    return Sources.in(folder.resolve("probe"))
        .file(
            "io/github/dotagent/agent/hook/HookFailure.java",
            "package io.github.dotagent.agent.hook; public class HookFailure extends Exception {"
                + " public HookFailure(String why, Throwable cause) { super(why, cause); } }")
        .file(
            "io/github/dotagent/agent/hook/ProbeName.java",
            "package io.github.dotagent.agent.hook; import java.net.InetAddress;"
                + " public class ProbeName {"
                + " public static final String FIRST = \"first.dot-agent-probe.invalid\";"
                + " public static boolean is(String host) { return FIRST.equals(host); }"
                + " public static InetAddress[] answer(String host)"
                + " throws java.net.UnknownHostException { return new InetAddress[] {"
                + " InetAddress.getByAddress(host, new byte[] {(byte) 192, 0, 2, 53})}; }"
                + " public static void prove() throws HookFailure {"
                + " throw new HookFailure(\"blind on purpose\", null); } }")
        .compile()
        .resolve("io/github/dotagent/agent/hook/ProbeName.class");
  }

  private static ChildJvm program(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram")
        .jvmArgs(NOWHERE.settingArgs().toArray(new String[0]))
        .args("byName", "127.0.0.1");
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
    return agentWithout(entries, null);
  }

  /**
   * @param instead the content of those entries; null: they are left out
   */
  private Path agentWithout(Predicate<String> entries, Path instead) throws IOException {
    Path altered = folder.resolve("altered.jar");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(Agent.jar()));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(altered))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entries.test(entry.getName())) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          in.transferTo(out);
        } else if (instead != null) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          Files.copy(instead, out);
        }
      }
    }
    return altered;
  }
}
