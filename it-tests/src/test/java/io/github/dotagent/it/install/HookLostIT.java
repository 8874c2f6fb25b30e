package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Another agent, or the program, removes the hook: the agent puts it back, or nothing is sent. */
class HookLostIT {
  private static final String BEFORE = "one.many.example.test";
  private static final String AFTER = "two.many.example.test";
  private static final String PROOF = "proof.dot-agent-probe.invalid"; // who asks is the guard

  @TempDir Path folder;

  @EachJava
  void isPutBack(JavaHome java) {
    Watched run = Watched.run(folder, program(java, ""));
    assertEquals(
        List.of(
            "ok " + OVER_TLS,
            "rcode 0, 2 answers from /127.0.0.2:53",
            "ok " + OVER_TLS,
            "in place true",
            "remembered true"),
        run.result().stdout(),
        run.toString());
    assertSaid(run, "the hook was lost, and is in place again");
    if (java.major() < 14) { // later it asks an adaptor, which is patched as well (JEP 373)
      assertSaid(run, "sockets were no longer patched, and are again");
    }
    assertNoName(run);
  }

  /** And a detach ends that, too. */
  @EachJava
  void lookupsAreRefusedIfTheHookCannotBeRestored(JavaHome java) {
    Watched run = Watched.run(folder, program(java, "Again"));
    List<String> said = run.result().stdout();
    assertEquals("ok " + OVER_TLS, said.get(0), run.toString());
    assertTrue(said.get(1).contains("refused: dot-agent's hook is lost"), run.toString());
    assertEquals("in place false", said.get(2), run.toString());
    assertTrue(said.get(3).contains("refused: dot-agent's hook is lost"), run.toString());
    assertEquals(
        List.of(
            "dot-agent is removed from PID: its lookups go as before the agent, and are not"
                + " protected",
            "detach 0"),
        said.subList(4, said.size() - 1),
        run.toString());
    assertTrue(said.get(said.size() - 1).startsWith("ok "), run.toString());
    assertSaid(run, "the hook is lost, and cannot be put back");
    assertNoName(run);
  }

  private static void assertSaid(Watched run, String line) {
    assertTrue(
        run.result().stderr().stream().anyMatch(one -> one.contains("dot-agent error " + line)),
        run.toString());
  }

  private static void assertNoName(Watched run) {
    assertTrue(run.leaked().stream().allMatch(one -> one.startsWith(PROOF)), run.toString());
  }

  private ChildJvm program(JavaHome java, String again) {
    Path later =
        new JarFileOf()
            .manifest("Premain-Class", "io.github.dotagent.it.programs.LaterAgent")
            .manifest("Can-Retransform-Classes", "true")
            .write(folder.resolve("later.jar"));
    boolean byField = java.major() >= 18;
    ChildJvm program =
        ChildJvm.program(java, "LaterAgent")
            .jvmArgs(AGENT, "-javaagent:" + later, "-Djava.net.preferIPv4Stack=true")
            .args((byField ? "field" : "class") + again, BEFORE, AFTER)
            .args(Watched.ownName(), JavaHome.current().java().toString(), Agent.jar().toString());
    return byField ? program.jvmArgs("--add-opens=java.base/java.net=ALL-UNNAMED") : program;
  }
}
