package io.github.dotagent.it.harness.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stacks of a JVM that does not end, and of those that it started. */
final class ThreadDump {
  /** A JVM that can answer at all does so within a second; one that starves takes longer. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private ThreadDump() {}

  /**
   * What {@code jcmd Thread.print} says of each. Of one that does not answer, such as a JVM that
   * cannot reach a safepoint, what the kernel says of its threads.
   */
  static String of(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(ThreadDump::isJvm)
        .map(jvm -> "\nstacks of " + jvm.pid() + ":\n" + stacks(jvm.pid()))
        .collect(Collectors.joining());
  }

  private static boolean isJvm(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private static String stacks(long pid) {
    try {
      Process jcmd = jcmd(pid);
      try (DrainedProcess said = new DrainedProcess(jcmd)) {
        if (jcmd.waitFor(ANSWER.toNanos(), TimeUnit.NANOSECONDS) && jcmd.exitValue() == 0) {
          return said.text();
        }
        return said.text() + "\n" + threadsByTheKernel(pid);
      }
    } catch (IOException noJcmd) {
      return noJcmd + "\n" + threadsByTheKernel(pid);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return threadsByTheKernel(pid);
    }
  }

  private static Process jcmd(long pid) throws IOException {
    Path jcmd = JavaHome.current().folder().resolve("bin").resolve("jcmd");
    ProcessBuilder builder =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print", "-l");
    CleanEnvironment.apply(builder.environment());
    return builder.redirectErrorStream(true).start();
  }

  /** Linux: each thread's name, state and place in the kernel. */
  private static String threadsByTheKernel(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.sorted().map(ThreadDump::thread).collect(Collectors.joining("\n"));
    } catch (IOException goneOrNotLinux) {
      return "no further word of it: " + goneOrNotLinux;
    }
  }

  private static String thread(Path task) {
    return Stream.of("comm", "wchan", "status")
        .map(file -> lines(task.resolve(file)))
        .flatMap(List::stream)
        .filter(line -> line.indexOf(':') < 0 || line.startsWith("State:"))
        .collect(Collectors.joining(" "));
  }

  private static List<String> lines(Path file) {
    try {
      return List.of(Files.readString(file, StandardCharsets.UTF_8).split("\n"));
    } catch (IOException unreadable) {
      return List.of("?");
    }
  }

  /** Read by a thread of its own: a dump is longer than a pipe's buffer. */
  private record DrainedProcess(Process process, DrainedStream stdout) implements AutoCloseable {
    DrainedProcess(Process process) {
      this(process, new DrainedStream(process.getInputStream(), "jcmd-stdout-" + process.pid()));
    }

    String text() throws InterruptedException {
      if (!process.isAlive()) {
        stdout.join(ANSWER);
      }
      return String.join("\n", stdout.lines());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
