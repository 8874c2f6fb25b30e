package io.github.dotagent.it.demo;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the agent at work. By default on loopback alone, in a network of its own where the machine
 * lets us have one: there port 53 can be watched. With {@code --live} against Cloudflare.
 */
public final class Demo {
  private static final int WRONG_USE = 2;

  private Demo() {}

  /** Exits with 0 when everything was as it should be. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("dot-agent-demo");
    int exitCode;
    try {
      exitCode = run(List.of(args), folder);
    } finally {
      delete(folder);
    }
    System.exit(exitCode);
  }

  private static int run(List<String> args, Path folder) throws Exception {
    if (args.equals(List.of("--live"))) {
      return new LiveDemo(folder).run();
    }
    if (args.equals(List.of("--inside"))) {
      return new LoopbackDemo(folder, true).run();
    }
    if (!args.isEmpty()) {
      System.err.println("usage: ./demo [--live]");
      return WRONG_USE;
    }
    if (NetworkNamespace.whyUnavailable().isPresent()) {
      return new LoopbackDemo(folder, false).run();
    }
    return runInside(folder);
  }

  /** The same once more, as a process of the namespace. */
  private static int runInside(Path folder) throws IOException, InterruptedException {
    ChildJvm self = ChildJvm.sameClassPath(Demo.class).args("--inside");
    List<String> command = new ArrayList<>();
    command.add(self.java().java().toString());
    command.add("-D" + DemoOutput.COLOR + "=" + Boolean.getBoolean(DemoOutput.COLOR));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Demo.class.getName());
    command.add("--inside");
    Process process =
        new ProcessBuilder(NetworkNamespace.in(folder).wrap(command)).inheritIO().start();
    return process.waitFor();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (var walk = Files.walk(folder)) {
      all = new ArrayList<>(walk.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) { // what a folder holds goes before the folder
      Files.delete(all.get(i));
    }
  }
}
