package io.github.dotagent.it.install;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.install.WatchedScenario.PlainServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a program without the agent, lets it look names up and keep them for ever, attaches the
 * agent to it, first with wrong settings, and asks again. Prints the program's output each time.
 */
final class AttachScenario {
  private AttachScenario() {}

  /** The arguments: a folder of its own, the file that says what to run. */
  public static void main(String[] args) throws Exception {
    ExitWithParent.watch();
    Path folder = Path.of(args[0]);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        PlainServer plain = PlainServer.startIfAlone();
        RunningChild program = ChildSpec.read(Path.of(args[1])).start()) {
      say("before " + program.ask("byName known.many.example.test"));
      say("before " + program.ask("why unknown.example.invalid"));
      WatchedScenario.print("clear", plain.questions().stream());
      int before = plain.questions().size();

      say("wrong " + attach(program, List.of("upstreams = nobody at home")));
      say("between " + program.ask("byName known.many.example.test"));
      List<String> settings = new ArrayList<>();
      dot.agent().settings().forEach((key, value) -> settings.add(key + " = " + value));
      say("right " + attach(program, settings));
      say("again " + attach(program, settings));

      say("after " + program.ask("byName known.many.example.test"));
      say("after " + program.ask("byName new.many.example.test"));
      say("after " + program.ask("reverse 192.0.2.1"));
      WatchedScenario.print("asked", dot.questions().stream());
      WatchedScenario.print("leaked", plain.questions().stream().skip(before));
      ChildResult result = program.finish();
      WatchedScenario.print("err", result.stderr().stream());
      say("exit " + result.exitCode());
    }
  }

  private static String attach(RunningChild program, List<String> settings) throws Exception {
    Path file = Files.createTempFile("dot-agent", ".properties");
    Files.write(file, settings);
    VirtualMachine jvm = VirtualMachine.attach(Long.toString(program.pid()));
    try {
      jvm.loadAgent(Agent.jar().toString(), file.toString());
      return "attached";
    } catch (AgentInitializationException refused) {
      return "refused";
    } catch (AgentLoadException ofJava8) {
      // a JVM of Java 8 replies with the bare return code, which newer attachers take for an error
      return "0".equals(ofJava8.getMessage()) ? "attached" : "refused";
    } finally {
      jvm.detach();
      Files.delete(file);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
