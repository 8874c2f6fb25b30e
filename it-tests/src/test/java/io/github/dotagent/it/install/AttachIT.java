package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The agent comes to a program that has run for a while. */
class AttachIT {
  @TempDir Path folder;

  @EachJava(every = true)
  void lookupsAfterTheAttachGoOverTls(JavaHome java) {
    ChildJvm program =
        ChildJvm.program(java, "LookupProgram")
            // for ever: only who empties the JVM's cache gets these names asked for again
            .jvmArgs("-Dsun.net.inetaddr.ttl=-1", "-Dsun.net.inetaddr.negative.ttl=-1")
            .args("-");
    if (java.major() >= 21) {
      program = program.jvmArgs("-XX:+EnableDynamicAgentLoading"); // JEP 451: else it warns
    }
    Path spec = folder.resolve("child.txt");
    ChildSpec.write(program, spec);
    List<String> said =
        Watched.scenario(AttachScenario.class, folder, spec.toString()).run().quiet().stdout();
    boolean watched = said.stream().anyMatch(line -> line.startsWith("clear "));
    if (watched) {
      assertTrue(said.contains("before ok " + Watched.IN_CLEAR), said.toString());
      assertTrue(said.contains("between ok " + Watched.IN_CLEAR), said.toString());
    }
    assertEquals(
        List.of(
            "right attached",
            "again attached", // and nothing done
            "after ok " + Watched.OVER_TLS,
            "after ok " + Watched.OVER_TLS,
            "after ok canonical=www.example.test host=www.example.test"),
        said.stream().filter(line -> line.matches("(right|again|after) .*")).toList());
    assertTrue(said.contains("asked known.many.example.test A"), said.toString());
    assertTrue(said.contains("asked new.many.example.test A"), said.toString());
    assertTrue(said.stream().noneMatch(line -> line.startsWith("leaked ")), said.toString());
    assertTrue(said.contains("exit 0"), said.toString());
    assertRefusalWasSaid(said);
  }

  /** The JVM tells the attacher that it failed, and the program's stderr why. */
  private static void assertRefusalWasSaid(List<String> said) {
    assertTrue(said.contains("wrong refused"), said.toString());
    assertTrue(
        said.stream().anyMatch(line -> line.matches("err .*upstreams *=.*nobody at home.*")),
        said.toString());
  }
}
