package io.github.dotagent.it.harness.jvm;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A child process, driven line by line. Every wait is bounded; {@link #close} kills what still
 * runs, by its handle. For one thread.
 */
public final class RunningChild implements AutoCloseable {
  /** A process that was killed, or whose last line is read, has nothing left to do but end. */
  private static final Duration ENDING = Duration.ofSeconds(10);

  private final Process process;
  private final List<String> command;
  private final Duration within;
  private final long startedNanos = System.nanoTime();
  private final DrainedStream stdout;
  private final DrainedStream stderr;

  RunningChild(Process process, List<String> command, Duration within) {
    this.process = process;
    this.command = command;
    this.within = within;
    this.stdout = new DrainedStream(process.getInputStream(), "child-stdout-" + process.pid());
    this.stderr = new DrainedStream(process.getErrorStream(), "child-stderr-" + process.pid());
  }

  /**
   * Starts a program that is no JVM; what it prints on stderr comes with its stdout.
   *
   * @param within bound of every single wait for it
   */
  public static RunningChild of(List<String> command, Duration within) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new RunningChild(process, command, within);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException("cannot start " + command, cannotStart);
    }
  }

  /**
   * Starts a JVM under something else; its stderr is apart from its stdout.
   *
   * @param within bound of every single wait for it
   */
  public static RunningChild withErrors(List<String> command, Duration within) {
    ProcessBuilder builder = new ProcessBuilder(command);
    CleanEnvironment.apply(builder.environment());
    try {
      return new RunningChild(builder.start(), command, within);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException("cannot start " + command, cannotStart);
    }
  }

  /**
   * Reads on to a line that holds the text.
   *
   * @throws AssertionError when none does
   */
  public void awaitLine(String text) {
    for (String line = readLine(); !line.contains(text); ) {
      line = readLine();
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its stderr so far. */
  public List<String> stderr() {
    return stderr.lines();
  }

  /** Writes a line to its stdin. */
  public void send(String line) {
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException("child does not read: " + soFar(), gone);
    }
  }

  /**
   * The next line of its stdout.
   *
   * @throws AssertionError when none comes within the child's time, with all that it printed, and
   *     the stacks of a JVM
   */
  public String readLine() {
    try {
      Optional<String> line = stdout.next(within);
      return line.orElseThrow(
          () -> new AssertionError("no further line: " + soFar() + ThreadDump.of(process)));
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  /** Sends a line and reads the one that answers it. */
  public String ask(String line) {
    send(line);
    return readLine();
  }

  /** Closes its stdin, which ends the test programs, and waits for the end. */
  public ChildResult finish() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // Ended before it was told to.
    }
    return await();
  }

  /**
   * Waits for its end, its stdin still open.
   *
   * @throws AssertionError when it runs on for longer than its time, with the stacks of a JVM; it
   *     is killed
   */
  public ChildResult await() {
    try {
      if (!process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS)) {
        String stacks = ThreadDump.of(process);
        close();
        throw new AssertionError("did not end within " + within + ": " + soFar() + stacks);
      }
      stdout.join(ENDING);
      stderr.join(ENDING);
      Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
      return new ChildResult(process.exitValue(), stdout.lines(), stderr.lines(), took);
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  /** Kills it, and what it started, if it still runs. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(ENDING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** The test's own time is over. */
  private AssertionError interrupted(InterruptedException stop) {
    String stacks = ThreadDump.of(process);
    close();
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for " + soFar() + stacks, stop);
  }

  private String soFar() {
    return command + "\nstdout: " + stdout.lines() + "\nstderr: " + stderr.lines();
  }
}
