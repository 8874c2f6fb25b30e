package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in docs/running.md, one after the other as they stand there. */
class DocumentedIT {
  private static final String COMMAND = "$ java -jar dot-agent.jar ";

  /** What stands there for the process and the settings. */
  private static final String PID = "20870";

  private static final String FILE = "etc/dot-agent.properties";
  private static final String HOOK = "hook InetAddress patched";
  private static final String UPSTREAMS =
      "192.0.2.53@853#dns.example, 2001:db8::53@853#dns.example";

  @TempDir Path folder;

  @Test
  void eachDocumentedCommandWorks() throws IOException {
    Path docs = ProgramClasses.java8().getParent().getParent().getParent().resolveSibling("docs");
    List<String> lines = Files.readAllLines(docs.resolve("running.md"));
    int commands = 0;
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = RunningPrograms.program(JavaHome.current()).start()) {
      String pid = Long.toString(program.pid());
      String pin = dot.certificate.pin();
      String file =
          RunningPrograms.file(
              folder, dot.agent().set("pins", pin + "," + dot.authority.issuerPin()));
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith(COMMAND)) {
          String arguments = lines.get(i).substring(COMMAND.length());
          String first = lines.get(i + 1).replace(UPSTREAMS, dot.upstream());
          String hook =
              JavaHome.current().major() < 18
                  ? "InetAddress patched"
                  : "InetAddressResolverProvider";
          does(
              arguments.replace(PID, pid).replace(FILE, file),
              first.replace(PID, pid).replace(HOOK, "hook " + hook));
          commands++;
        }
      }
    }
    assertTrue(commands > 5, commands + " commands");
  }

  /** Its first line equals the documented one, except for figures that change. */
  private static void does(String command, String first) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    if (words.removeIf(word -> word.startsWith("--watch"))) {
      words.add("--watch=1");
      try (RunningChild watch = Tool.ofTheBuild().command(words.toArray(String[]::new)).start()) {
        watch.awaitLine("last errors and warnings");
        watch.awaitLine("last errors and warnings");
      }
      return;
    }
    ChildResult result = Tool.ofTheBuild().command(words.toArray(String[]::new)).run();
    boolean refusal = first.startsWith("dot-agent: ");
    assertEquals(refusal ? 1 : 0, result.exitCode(), result.toString());
    List<String> said = refusal ? result.stderr() : result.stdout();
    assertEquals(steady(first), steady(said.get(0)), result.toString());
  }

  private static String steady(String line) {
    return line.replaceFirst("^dot-agent \\S+ in (\\d+): Java .*", "dot-agent in $1");
  }
}
