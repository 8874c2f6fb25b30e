package io.github.dotagent.agent.cli.status;

import com.google.gson.stream.JsonWriter;
import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.Json;
import io.github.dotagent.agent.cli.jvm.JmxOfThisJava;
import io.github.dotagent.agent.cli.jvm.PidArgument;
import io.github.dotagent.agent.cli.jvm.RemoteMBeans;
import io.github.dotagent.agent.cli.jvm.TargetProcess;
import io.github.dotagent.net.SuppressForbidden;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the state of the agent in a JVM, once or repeatedly. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the agent in a running JVM: hook, upstreams, cache, last errors and warnings.",
      "Asks the agent through JMX, which is started there if necessary; that takes up to 3 s."
    })
public final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PID",
      converter = PidArgument.Reader.class,
      description = PidArgument.DESCRIPTION + " Without it: this user's JVMs, a line each.")
  private TargetProcess process;

  @Option(names = "-v", description = "Also show all settings in force, and where each was given.")
  private boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto (on a terminal, unless NO_COLOR is set), always or never.")
  private String color;

  @Option(names = "--json", description = "One JSON document on stdout.")
  private boolean json;

  @Option(
      names = "--watch",
      arity = "0..1",
      preprocessor = AttachedValue.class,
      paramLabel = "SECONDS",
      description = "Repeat every 2 s, or every SECONDS, until Ctrl-C or the end of the JVM.")
  private Integer seconds;

  /** Made by picocli. */
  public StatusCommand() {}

  @Override
  public Integer call() throws CommandFailure, IOException {
    if (seconds != null && seconds < 1) {
      throw new ParameterException(spec.commandLine(), "--watch takes 1 or more seconds");
    }
    if (!Arrays.asList("auto", "always", "never").contains(color)) {
      throw new ParameterException(spec.commandLine(), "--color takes auto, always or never");
    }
    if (process == null) {
      if (json || seconds != null) {
        throw new ParameterException(spec.commandLine(), "--json and --watch need a PID");
      }
      for (String line : JvmList.lines()) {
        out().println(line);
      }
      return ExitCode.DONE;
    }
    JmxOfThisJava.require();
    StatusSnapshot look = null;
    try (RemoteMBeans beans = RemoteMBeans.of(process)) {
      boolean inPlace = seconds != null && !json && Screen.isTerminal();
      Screen screen = new Screen(out(), inPlace ? TerminalSize::ofStdin : null);
      do {
        StatusSnapshot before = look;
        look = StatusSnapshot.take(beans, process.pid(), Instant.now());
        show(screen, look, before);
      } while (isRead() && rests());
    } catch (IOException lost) {
      if (seconds == null || !process.isGone()) {
        throw RemoteMBeans.failure(process, lost);
      }
      spec.commandLine().getErr().println("dot-agent: " + process.pid() + " has ended");
    }
    return look == null || look.isProtected() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void show(Screen screen, StatusSnapshot look, StatusSnapshot before) throws IOException {
    if (json) {
      JsonWriter writer = Json.to(out());
      StatusJson.write(look, writer);
      out().println();
      out().flush();
    } else {
      Paint paint = Paint.of(color, Screen.isTerminal(), System.getenv());
      screen.show(StatusTable.of(look, before, verbose, paint));
    }
  }

  /**
   * False if the reader is gone, as with head; picocli's writer does not check the writer below it.
   */
  @SuppressForbidden("stdout is asked for its state alone, and no name")
  private static boolean isRead() {
    return !System.out.checkError();
  }

  /** False when once was enough. */
  private boolean rests() {
    if (seconds == null) {
      return false;
    }
    try {
      TimeUnit.SECONDS.sleep(seconds);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
