package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The application sees only its own classes, and the agent only its own. */
class IsolationIT {
  private static final String NAME = "www.example.test";
  private static final String ADDRESS = "192.0.2.1";

  /** Classes that the application must not reach: the agent's own, and its libraries. */
  private static final List<String> INTERNAL =
      List.of(
          "io.github.dotagent.DotCore",
          "io.github.dotagent.config.ConfigLoader",
          "io.github.dotagent.agent.install.Installer",
          "io.github.dotagent.agent.hook.ProbeName",
          "META-INF/services/java.net.spi.InetAddressResolverProvider",
          "org/slf4j/impl/StaticLoggerBinder.class",
          "org/xbill/DNS/Message.class",
          "messages.properties");

  @TempDir static Path compiled;

  private static Path program;
  private static Path libraries;
  private static Path provider;

  @TempDir Path folder;

  @BeforeAll
  static void compile() {
    program = Applications.program(compiled.resolve("program"));
    libraries = Applications.libraries(compiled.resolve("libraries"));
    provider = Applications.resolverProvider(compiled.resolve("provider"));
  }

  @EachJava
  void eachSeesItsOwnClasses(JavaHome java) {
    List<String> expected = new ArrayList<>(List.of(ADDRESS));
    Applications.CARRIED.forEach(name -> expected.add(name + " app"));
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm application =
          application(java, libraries, program).args(Applications.CARRIED.toArray(String[]::new));
      assertEquals(expected, dot.agent().on(application).run().quiet().stdout());
    }
  }

  @EachJava
  void theApplicationReachesNothingOfTheAgents(JavaHome java) {
    List<String> expected = new ArrayList<>(List.of(ADDRESS));
    List<String> names = new ArrayList<>(INTERNAL);
    names.addAll(Applications.CARRIED);
    names.forEach(name -> expected.add(name + " absent"));
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm application = application(java, program).args(names.toArray(String[]::new));
      assertEquals(expected, dot.agent().on(application).run().quiet().stdout());
    }
  }

  /** A dnsjava on the class path is enough for the JDK to use it, unless the agent is there. */
  @EachJava(from = 21, every = true)
  void anotherResolverProviderDoesNotWin(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm application = application(java, provider, program);
      assertEquals(List.of("198.51.100.1"), application.run().quiet().stdout());
      assertEquals(List.of(ADDRESS), dot.agent().on(application).run().quiet().stdout());
    }
  }

  /** A later JDK will do this by default. */
  @EachJava(from = 25, every = true)
  void unsafeMemoryAccessIsNotNeeded(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm application =
          application(java, program).jvmArgs("--sun-misc-unsafe-memory-access=deny");
      assertEquals(List.of(ADDRESS), dot.agent().on(application).run().quiet().stdout());
    }
  }

  /** The program may only look names up; the agent still connects. */
  @EachJava(to = 17)
  void underASecurityManager(JavaHome java) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("program.policy"),
            "grant { permission java.net.SocketPermission \"*\", \"resolve\"; };\n");
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm application =
          application(java, program)
              .jvmArgs("-Djava.security.manager", "-Djava.security.policy=" + policy);
      // Java 17 warns of the manager itself on stderr
      assertEquals(List.of(ADDRESS), dot.agent().on(application).run().stdout());
    }
  }

  private static ChildJvm application(JavaHome java, Path... classPath) {
    return ChildJvm.of(java, "app.Main").classPath(classPath).args(NAME);
  }
}
