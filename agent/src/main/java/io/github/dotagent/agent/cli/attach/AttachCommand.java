package io.github.dotagent.agent.cli.attach;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.OwnJar;
import io.github.dotagent.agent.cli.jvm.AttachedJvm;
import io.github.dotagent.agent.cli.jvm.PidArgument;
import io.github.dotagent.agent.cli.jvm.TargetProcess;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.SettingSources;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Installs the agent in a running JVM, and prints what is in force there. */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    description = {
      "Installs the agent in a running JVM of this user, after one of its servers was reached and"
          + " authenticated from here.",
      "From then on lookups go over TLS; names that it looked up before are forgotten."
    })
public final class AttachCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PidArgument target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "A properties file with settings. That JVM's own -Ddotagent.KEY=... and environment"
              + " override it.")
  private String file;

  @Option(names = "--force", description = "Install without reaching a server first.")
  private boolean force;

  /** Made by picocli. */
  public AttachCommand() {}

  @Override
  public Integer call() throws CommandFailure, ConfigException {
    String settings = settings();
    try (AttachedJvm jvm = AttachedJvm.of(target.process())) {
      Path jar = OwnJar.path();
      requireSight(target.process(), jar);
      if (!settings.isEmpty()) {
        requireSight(target.process(), Paths.get(settings));
      }
      if (AttachOutcome.isClaimed(jvm.systemProperties()) && isThere(jvm, jar)) {
        return thereAlready();
      }
      if (!force) {
        requireServer(sources(jvm, settings));
      }
      AttachRequest request = new AttachRequest();
      Exception refused = jvm.loadAgent(jar.toString(), request.toInstall(jar, settings));
      return tell(request.outcomeIn(jvm.systemProperties()), refused);
    }
  }

  /**
   * Whether the agent there answers a lookup; the program may have set the property that says so.
   */
  private static boolean isThere(AttachedJvm jvm, Path jar) throws CommandFailure {
    AttachRequest request = new AttachRequest();
    jvm.loadAgent(jar.toString(), request.toProbe());
    return request.outcomeIn(jvm.systemProperties()).outcome() == AttachOutcome.Kind.ALREADY;
  }

  /** That JVM's settings, with the paths of its trust store as seen from here. */
  private SettingSources sources(AttachedJvm jvm, String settings) throws CommandFailure {
    Properties system = jvm.systemProperties();
    Map<String, String> properties = new HashMap<>();
    for (String name : system.stringPropertyNames()) {
      properties.put(name, system.getProperty(name));
    }
    Map<String, String> environment = new HashMap<>(target.process().environment());
    String folder = system.getProperty("user.dir", "/");
    seenFromHere(properties, "dotagent.trustStore", folder);
    seenFromHere(environment, "DOTAGENT_TRUSTSTORE", folder);
    return new SettingSources(properties, environment, settings);
  }

  private void seenFromHere(Map<String, String> values, String key, String folder) {
    String path = values.get(key);
    if (path == null || path.isEmpty()) {
      return;
    }
    String sign = path.startsWith("+") ? "+" : ""; // added to the JDK's own
    try {
      values.put(key, sign + target.process().seenFromHere(folder, path.substring(sign.length())));
    } catch (InvalidPathException itsOwnToSay) {
      // that agent refuses it
    }
  }

  private void requireServer(SettingSources settings) throws CommandFailure {
    String reasons = new ReachabilityCheck().whyNone(settings);
    if (reasons != null) {
      throw failed(
          "nothing was done in "
              + target.process().pid()
              + ", because no server can be reached and authenticated: "
              + reasons
              + "; --force installs the agent anyway");
    }
  }

  /** Absolute, because that JVM has another working directory; read here first. Empty for none. */
  private String settings() throws ConfigException, CommandFailure {
    if (file == null) {
      return "";
    }
    try {
      String path = Paths.get(file).toAbsolutePath().normalize().toString();
      ConfigLoader.load(
          new SettingSources(
              Collections.<String, String>emptyMap(),
              Collections.<String, String>emptyMap(),
              path));
      return path;
    } catch (InvalidPathException noPath) {
      throw new CommandFailure(ExitCode.WRONG_USE, file + " is not a path: " + noPath.getReason());
    }
  }

  /** That JVM reads the file by itself. */
  static void requireSight(TargetProcess process, Path path) throws CommandFailure {
    if (process.lacks(path)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          process.pid()
              + " runs in another file system, such as a container's, which has no "
              + path
              + "; copy it to the same place there");
    }
  }

  private int tell(AttachOutcome report, Exception refused) throws CommandFailure {
    switch (report.outcome()) {
      case INSTALLED:
        spec.commandLine()
            .getOut()
            .println("dot-agent is installed in " + target.process().pid() + ": " + report.text());
        return ExitCode.DONE;
      case ALREADY:
        return thereAlready();
      case IDLE:
        throw failed("nothing was done in " + target.process().pid() + ": " + report.text());
      case REFUSED:
        throw failed("not installed in " + target.process().pid() + ": " + report.text());
      default:
        throw failed(AttachFailureText.text(target.process().pid(), refused));
    }
  }

  /** If the file is not used, the command has failed: the user wants other settings. */
  private int thereAlready() throws CommandFailure {
    if (file != null) {
      throw failed(
          "dot-agent is in "
              + target.process().pid()
              + " already; nothing was done, and "
              + file
              + " was not read there");
    }
    spec.commandLine()
        .getOut()
        .println("dot-agent is in " + target.process().pid() + " already; nothing was done");
    return ExitCode.DONE;
  }

  private static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.FAILED, message);
  }
}
