package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The JVMs of this user, from proc(5). It attaches to none of them, and also finds those that
 * refuse attaching.
 */
public final class RunningJvms {
  /**
   * The beginning of the agent's thread names; a JVM gives a thread's name to the kernel, which
   * keeps 15 characters of it.
   */
  private static final String OUR_THREADS = "dot-agent-";

  /** Matches commands such as this one: they have threads of those names, but no agent. */
  private static final String COMMAND = "dot-agent[^/]*\\.jar";

  private RunningJvms() {}

  /** One of them. Immutable. */
  public static final class Jvm {
    private final TargetProcess process;
    private final boolean agent;
    private final String program;

    Jvm(TargetProcess process, boolean agent, String program) {
      this.process = process;
      this.agent = agent;
      this.program = program;
    }

    public TargetProcess process() {
      return process;
    }

    /** Whether threads of the agent run in it. */
    public boolean hasAgent() {
      return agent;
    }

    /** Its main class, or its jar. */
    public String program() {
      return program;
    }
  }

  /**
   * Sorted by number, without this JVM.
   *
   * @throws CommandFailure where there is no {@code /proc}
   */
  public static List<Jvm> ofThisUser() throws CommandFailure {
    try {
      return in(Paths.get("/proc"));
    } catch (IOException noProc) {
      throw new CommandFailure(
          ExitCode.FAILED, "this command cannot list the JVMs of this system; use jps");
    }
  }

  static List<Jvm> in(Path proc) throws IOException {
    ProcessStatus own = ProcessStatus.read(proc.resolve("self"));
    List<Jvm> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path folder : folders) {
        try {
          ProcessStatus status = ProcessStatus.read(folder);
          boolean ofUser = status.user().equals(own.user()) && !status.hasEnded();
          boolean other = !status.process().equals(own.process());
          if (ofUser && other && MappedFiles.haveJvm(folder)) {
            long pid = Long.parseLong(folder.getFileName().toString());
            String program = programIn(folder);
            if (!program.matches(COMMAND)) {
              all.add(new Jvm(new TargetProcess(proc, pid), hasAgent(folder), program));
            }
          }
        } catch (IOException | DirectoryIteratorException | NumberFormatException endedMeanwhile) {
          // it has ended, or is not a JVM
        }
      }
    }
    all.sort(Comparator.comparingLong(jvm -> jvm.process().pid()));
    return Collections.unmodifiableList(all);
  }

  private static boolean hasAgent(Path folder) throws IOException {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
      for (Path thread : threads) {
        if (text(thread.resolve("comm")).startsWith(OUR_THREADS)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String programIn(Path folder) throws IOException {
    return LauncherOptions.program(text(folder.resolve("cmdline")).split("\0"));
  }

  /** Empty for what has just ended. */
  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException endedMeanwhile) {
      return "";
    }
  }
}
