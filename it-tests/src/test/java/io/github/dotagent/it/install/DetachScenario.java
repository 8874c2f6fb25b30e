package io.github.dotagent.it.install;

import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.install.WatchedScenario.PlainServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/**
 * The agent comes and goes, in a network of its own. Prints what the program and the commands said,
 * and what the plain server saw.
 */
final class DetachScenario {
  private static final Tool TOOL = Tool.ofTheBuild();

  private final Path folder;
  private final DotUpstream dot;
  private final PlainServer plain;
  private final RunningChild program;
  private final String pid;

  private DetachScenario(Path folder, DotUpstream dot, PlainServer plain, RunningChild program) {
    this.folder = folder;
    this.dot = dot;
    this.plain = plain;
    this.program = program;
    this.pid = Long.toString(program.pid());
  }

  /** The arguments: a folder of its own, the file that says what to run, which of the two. */
  public static void main(String[] args) throws Exception {
    ExitWithParent.watch();
    Path folder = Path.of(args[0]);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        PlainServer plain = PlainServer.startIfAlone();
        RunningChild program =
            WatchedScenario.withAgent(ChildSpec.read(Path.of(args[1])), dot.agent()).start()) {
      DetachScenario scenario = new DetachScenario(folder, dot, plain, program);
      if (args[2].equals("attached")) {
        scenario.attached();
      } else {
        scenario.fromTheStart();
      }
      ChildResult result = program.finish();
      WatchedScenario.print("err", result.stderr().stream());
      say("exit " + result.exitCode());
    }
  }

  /** Attaches to a running program under load, detaches, and attaches another version. */
  private void attached() throws Exception {
    ask("policy");
    ask("byName before.many.example.test");
    command("detach", pid);
    command("attach", pid, settings());
    ask("byName between.many.example.test");
    ask("policy");
    dns("socket a.many.example.test");
    ask("keep");
    ask("kept b.many.example.test");
    ask("watched");
    ask("load 20 200");
    findPatched();
    command("detach", pid);
    ask("more 200");
    ask("stop");
    ask("kept c.many.example.test");
    gone();
    command("detach", pid);

    command("attach", pid, settings(), "from", otherVersion().toString());
    ask("byName again.many.example.test");
    dns("tcp e.many.example.test");
    command("status", pid);
    command("detach", pid);
    gone();
    command("attach", pid, settings());
    ask("byName last.many.example.test");
  }

  private void fromTheStart() throws Exception {
    ask("byName before.many.example.test");
    dns("socket a.many.example.test");
    command("detach", pid);
    ask("byName between.many.example.test");
    command("attach", pid);
    command("detach", "--force", pid);
    gone();
    command("attach", pid, settings());
    ask("byName last.many.example.test");
  }

  private void gone() throws Exception {
    findPatched();
    ask("byName n" + System.nanoTime() + ".many.example.test");
    ask("policy");
    dns("socket d.many.example.test");
    dns("tcp d.many.example.test");
    ask("left");
  }

  private void ask(String command) {
    say(command.replaceFirst("^(\\w+).*", "$1") + ": " + program.ask(command));
  }

  /** With {@code from} and a jar at its end: that one's. */
  private void command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    Path jar = Agent.jar();
    int from = all.indexOf("from");
    if (from > 0) {
      jar = Path.of(all.get(from + 1));
      all = all.subList(0, from);
    }
    ChildResult result =
        ChildJvm.of(TOOL.java(), jar.toString())
            .jvmArgs("-jar")
            .args(all.toArray(String[]::new))
            .run();
    List<String> said = result.exitCode() == 0 ? result.stdout() : result.stderr();
    say(
        all.get(0)
            + " "
            + result.exitCode()
            + ": "
            + said.get(0).replace(pid, "PID").replace(dot.upstream(), "UPSTREAM"));
  }

  /** Whether it came to port 53, too. */
  private void dns(String how) {
    int before = plain.questions().size();
    ask("dns " + how);
    boolean seen =
        plain.questions().stream()
            .skip(before)
            .anyMatch(question -> question.contains(how.split(" ")[1]));
    say(seen ? "in the clear" : "over TLS");
  }

  private String settings() throws Exception {
    List<String> lines = new ArrayList<>();
    dot.agent().settings().forEach((key, value) -> lines.add(key + " = " + value));
    Path file = Files.createTempFile(folder, "dot-agent", ".properties");
    return Files.write(file, lines).toString();
  }

  /** The same jar, which says that it is another. */
  private Path otherVersion() {
    return new JarFileOf()
        .manifest("Main-Class", "io.github.dotagent.agent.AgentMain")
        .manifest("Agent-Class", "io.github.dotagent.agent.AgentPremain")
        .manifest("Can-Redefine-Classes", "true")
        .manifest("Can-Retransform-Classes", "true")
        .classesOf(Agent.jar())
        .entry("io/github/dotagent/isolated/8/io/github/dotagent/version", "9.9.9")
        .write(folder.resolve("other version.jar"));
  }

  private void findPatched() throws Exception {
    Path jar =
        new JarFileOf()
            .manifest("Agent-Class", "io.github.dotagent.it.programs.PatchFinder")
            .manifest("Can-Retransform-Classes", "true")
            .folder("", ProgramClasses.java8())
            .write(folder.resolve("finder.jar"));
    Path found = Files.createTempDirectory(folder, "found");
    VirtualMachine jvm = VirtualMachine.attach(pid);
    try {
      jvm.loadAgent(jar.toString(), found.toString());
    } catch (AgentLoadException ofJava8) {
      // a JVM of Java 8 replies with the bare return code, which newer attachers take for an error
      if (!"0".equals(ofJava8.getMessage())) {
        throw ofJava8;
      }
    } finally {
      jvm.detach();
    }
    String shown = program.readLine();
    if (!shown.matches("shown \\d\\d+")) {
      throw new AssertionError(shown);
    }
    say("patched " + callersIn(found));
  }

  /**
   * A class file that was redefined keeps what its constants were (HotSpot's merged constant pool):
   * what counts is the code.
   */
  private static Set<String> callersIn(Path found) throws IOException {
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    Set<String> callers = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(found)) {
      for (Path file : files) {
        StringWriter code = new StringWriter();
        PrintWriter out = new PrintWriter(code);
        javap.run(out, out, "-c", "-p", file.toString());
        if (!code.toString().contains("invokevirtual")) {
          throw new AssertionError(code.toString());
        }
        if (code.toString().contains("java/net/DotAgent")) {
          callers.add(file.getFileName().toString().replaceFirst("\\.class$", ""));
        }
      }
    }
    return callers;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
