package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A program under a SecurityManager: what it may do is as it was, and we need nothing of it. */
class SecurityManagerIT {
  private static final String NAME = "one.many.example.test";

  /** The last that lets a SecurityManager in without being asked. */
  private static final int LAST = 17;

  private static final String MAY_RESOLVE =
      "grant { permission java.net.SocketPermission \"*\", \"resolve\"; };";

  private static final String MAY_NOTHING = "";

  @TempDir Path folder;

  @EachJava(to = LAST)
  void thePermissionToResolveIsEnough(JavaHome java) throws IOException {
    ChildJvm program =
        managed(java, MAY_RESOLVE).args("two.many.example.test", "nobody.example.test");
    Watched run = Watched.run(folder, program.jvmArgs(AGENT));
    List<String> said = run.resolved(run.result().stdout(), NAME).result().stdout();
    assertEquals(List.of("ok " + OVER_TLS, "ok " + OVER_TLS), said.subList(0, 2));
    String unknown = "failed java.net.UnknownHostException: nobody.example.test";
    assertTrue(said.get(2).startsWith(unknown), said.get(2));
    assertOurStderr(run);
  }

  /**
   * As without us. That the name is looked up all the same is the JDK's doing: to compare it with
   * the host of the default policy's "localhost:0" (SocketPermission.implies).
   */
  @EachJava(to = LAST)
  void withoutItTheProgramIsRefused(JavaHome java) throws IOException {
    ChildJvm program = managed(java, MAY_NOTHING);
    String refused = program.run().stdout().get(0);
    assertTrue(refused.contains("AccessControlException"), refused);
    Watched run = Watched.run(folder, program.jvmArgs(AGENT));
    run.resolved(List.of(refused));
    assertOurStderr(run);
  }

  private ChildJvm managed(JavaHome java, String grant) throws IOException {
    // = and not ==: added to the default policy
    Path policy = Files.writeString(folder.resolve("program.policy"), grant);
    return ChildJvm.program(java, "ManagedProgram")
        .jvmArgs("-Djava.security.manager", "-Djava.security.policy=" + policy)
        .args(NAME);
  }

  /**
   * The JVM may warn of the SecurityManager itself, of its end and of what we have to do for it.
   */
  private static void assertOurStderr(Watched run) {
    for (String line : run.result().stderr()) {
      assertTrue(line.startsWith("WARNING: ") || line.contains("VM warning: "), run.toString());
    }
  }
}
