package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The program brings a resolver that the JDK would use; the JDK uses the agent's. */
class ForeignProviderIT {
  private static final String NAME = "one.many.example.test";
  private static final Path[] DNSJAVA = {ThirdParty.DNSJAVA, ThirdParty.SLF4J};

  private static final String PROVIDER_THAT_THROWS =
      """
      package broken;

      public class Provider extends java.net.spi.InetAddressResolverProvider {
        public java.net.spi.InetAddressResolver get(Configuration configuration) {
          throw new IllegalStateException("broken on purpose");
        }

        public String name() {
          return "broken";
        }
      }
      """;

  @TempDir Path folder;

  @EachJava
  void dnsjavaOnTheClassPath(JavaHome java) {
    Watched.run(folder, onTheClassPath(java)).resolved(List.of("ok " + OVER_TLS), NAME).quiet();
  }

  @EachJava(one = true)
  void dnsjavaElsewhere(JavaHome java) {
    List<ChildJvm> programs = new ArrayList<>();
    programs.add(inASpringBootJar(java, SpringBootJar.version2(folder, "LookupProgram", DNSJAVA)));
    if (java.major() >= 17) {
      Path jar = SpringBootJar.version3(folder, "LookupProgram", DNSJAVA);
      programs.add(inASpringBootJar(java, jar));
    }
    if (java.major() >= 11) {
      programs.add(addedAsAModule(java));
    }
    for (Watched run : Watched.runAll(folder, programs.toArray(ChildJvm[]::new))) {
      run.resolved(List.of("ok " + OVER_TLS), NAME).quiet();
    }
  }

  @EachJava(from = 11, one = true)
  void dnsjavaRequiredByTheProgramsModule(JavaHome java) {
    Path classes = ModularProgram.compile(folder, "requires org.dnsjava;", DNSJAVA);
    ChildJvm program = ModularProgram.command(java, classes, DNSJAVA).args(NAME);
    Watched.run(folder, program).resolved(List.of(OVER_TLS), NAME).quiet();
  }

  /** The service of Java 8, before there were resolver providers. */
  @EachJava(to = 8)
  void dnsjavaAsTheNameServiceOfJava8(JavaHome java) {
    ChildJvm program =
        onTheClassPath(java).jvmArgs("-Dsun.net.spi.nameservice.provider.1=dns,dnsjava");
    Watched.run(folder, program).resolved(List.of("ok " + OVER_TLS), NAME);
  }

  /** Without the agent the program cannot look up a thing: the JDK does take that provider. */
  @EachJava(from = 18)
  void aProviderThatThrows(JavaHome java) {
    Path classes =
        Sources.in(folder).release(18).file("broken/Provider.java", PROVIDER_THAT_THROWS).compile();
    Path jar =
        new JarFileOf()
            .folder("", classes)
            .entry("META-INF/services/java.net.spi.InetAddressResolverProvider", "broken.Provider")
            .write(folder.resolve("broken.jar"));
    ChildJvm program =
        ChildJvm.program(java, "LookupProgram")
            .classPath(jar, ProgramClasses.java8())
            .args("byName", NAME);
    assertEquals(
        List.of("failed java.lang.IllegalStateException: broken on purpose"),
        program.run().stdout());
    Watched.runWithAgent(folder, program).resolved(List.of("ok " + OVER_TLS), NAME).quiet();
  }

  private static ChildJvm onTheClassPath(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram")
        .classPath(ThirdParty.DNSJAVA, ThirdParty.SLF4J, ProgramClasses.java8())
        .jvmArgs(AGENT)
        .args("byName", NAME);
  }

  private static ChildJvm inASpringBootJar(JavaHome java, Path jar) {
    return ChildJvm.of(java, jar.toString()).jvmArgs(AGENT, "-jar").args("byName", NAME);
  }

  private static ChildJvm addedAsAModule(JavaHome java) {
    return ChildJvm.program(java, "LookupProgram")
        .jvmArgs(AGENT, "-p", ThirdParty.DNSJAVA + ":" + ThirdParty.SLF4J)
        .jvmArgs("--add-modules", "org.dnsjava")
        .args("byName", NAME);
  }
}
