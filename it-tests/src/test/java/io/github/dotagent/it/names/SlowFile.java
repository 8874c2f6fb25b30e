package io.github.dotagent.it.names;

import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A file that is there and cannot be read, as on a disk that is away: another process has a lease
 * of it and does not give it back (fcntl(2), F_SETLEASE), so that the kernel keeps a process that
 * opens it waiting for 45 s. That process says as well that it has changed.
 */
final class SlowFile implements AutoCloseable {
  private static final Path PERL = Path.of("/usr/bin/perl");

  /**
   * F_SETLEASE is 1024, F_WRLCK 1; there is no lease while a process has the file open. The signal
   * that asks for it back would end the process.
   */
  private static final String PROGRAM =
      "$SIG{IO} = 'IGNORE'; $| = 1; open(F, '+<', $ARGV[0]);"
          + "for (1 .. 200) { last if $held = fcntl(F, 1024, 1); select(undef, undef, undef, .05) }"
          + "utime(undef, undef, *F); print $held ? \"held\\n\" : \"no lease: $!\\n\"; <STDIN>;";

  private final RunningChild holder;

  private SlowFile(RunningChild holder) {
    this.holder = holder;
  }

  /** Until it is closed. */
  static SlowFile of(Path file) {
    Assumptions.assumeTrue(Files.isExecutable(PERL), "no perl on this machine");
    RunningChild holder =
        RunningChild.of(
            List.of(PERL.toString(), "-e", PROGRAM, file.toString()), Duration.ofMinutes(3));
    String said = holder.readLine();
    Assumptions.assumeTrue(said.equals("held"), said);
    return new SlowFile(holder);
  }

  /** Whether it still is. */
  boolean isHeld() {
    return holder.isAlive();
  }

  @Override
  public void close() {
    holder.close();
  }
}
