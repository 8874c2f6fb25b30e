package io.github.dotagent.agent.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.agent.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  private final StringWriter err = new StringWriter();

  private int exitCode(OutputStream out, int ofTheCommand) {
    StandardOutput stdout = new StandardOutput(out);
    stdout.stream().println("found");
    stdout.stream().flush();
    stdout.stream().println("and more");
    return stdout.exitCode(ofTheCommand, new PrintWriter(err));
  }

  @Test
  void completeOutputKeepsTheExitCode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(ExitCode.DONE, exitCode(out, ExitCode.DONE));
    assertEquals(2, out.toString(StandardCharsets.UTF_8).lines().count());
    assertEquals("", err.toString());
  }

  @Test
  void aFullDiskIsReportedOnce() {
    OutputStream full = new Failing("No space left on device", "Input/output error");
    assertEquals(ExitCode.FAILED, exitCode(full, ExitCode.DONE));
    assertEquals(
        "dot-agent: stdout could not be written completely: No space left on device"
            + System.lineSeparator(),
        err.toString());
  }

  @Test
  void aBrokenPipeIsNotReported() {
    assertEquals(ExitCode.FAILED, exitCode(new Failing("Broken pipe"), ExitCode.DONE));
    assertEquals(ExitCode.FAILED, exitCode(new Failing("The pipe is being closed"), 0));
    assertEquals("", err.toString());
  }

  @Test
  void theCommandsOwnExitCodeWins() {
    assertEquals(ExitCode.NO_UPSTREAM, exitCode(new Failing("full"), ExitCode.NO_UPSTREAM));
  }

  /** For these reasons, one after the other; the last for ever. */
  private static final class Failing extends OutputStream {
    private final String[] reasons;
    private int next;

    Failing(String... reasons) {
      this.reasons = reasons;
    }

    @Override
    public void write(int octet) throws IOException {
      throw new IOException(reasons[Math.min(next++, reasons.length - 1)]);
    }
  }
}
