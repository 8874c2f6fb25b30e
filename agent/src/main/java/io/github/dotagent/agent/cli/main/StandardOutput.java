package io.github.dotagent.agent.cli.main;

import io.github.dotagent.agent.cli.ExitCode;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * stdout that keeps the reason for a failed write: a PrintStream only knows that there was one. For
 * one thread.
 */
final class StandardOutput {
  private final Kept kept;
  private final PrintStream stream;

  StandardOutput(OutputStream out) {
    this.kept = new Kept(out);
    try {
      // any charset: the command line writes octets that it encoded itself
      this.stream =
          new PrintStream(new BufferedOutputStream(kept), false, StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Takes the place of {@code System.out} before the first write to it. */
  static StandardOutput take() {
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(out.stream);
    return out;
  }

  PrintStream stream() {
    return stream;
  }

  /**
   * The exit code at the end: a command has failed if its output could not be written.
   *
   * @param exitCode of the command itself, which wins
   * @param err gets the reason, except if the reader is gone: the user knows that
   */
  int exitCode(int exitCode, PrintWriter err) {
    stream.flush();
    if (kept.failure == null) {
      return exitCode;
    }
    String reason = String.valueOf(kept.failure.getMessage());
    if (!isClosedPipe(reason)) {
      err.println("dot-agent: stdout could not be written completely: " + reason);
      err.flush();
    }
    return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
  }

  /** {@code Broken pipe} on Unix, {@code The pipe is being closed} on Windows. */
  private static boolean isClosedPipe(String reason) {
    return reason.toLowerCase(Locale.ROOT).contains("pipe");
  }

  /** Passes everything on, and keeps the first failure. */
  private static final class Kept extends FilterOutputStream {
    private IOException failure; // null: none yet

    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      try {
        out.write(octets, offset, length);
      } catch (IOException refused) {
        failure = failure == null ? refused : failure;
        throw refused;
      }
    }
  }
}
