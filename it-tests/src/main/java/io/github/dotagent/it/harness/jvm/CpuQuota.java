package io.github.dotagent.it.harness.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A cgroup of its own with a part of a processor, for a child that starves as in a small container.
 * Supports both versions of the kernel's interface; needs root and a mounted cgroup file system.
 */
public final class CpuQuota implements AutoCloseable {
  private static final long PERIOD_MICROS = 100_000; // the kernel's own default

  private static final Path SECOND = Path.of("/sys/fs/cgroup");
  private static final Path FIRST = SECOND.resolve("cpu");

  /** How often a cgroup is tried to be removed, whose last process is just ending. */
  private static final int TRIES = 1_000_000;

  private final Path cgroup;

  private CpuQuota(Path cgroup) {
    this.cgroup = cgroup;
  }

  /**
   * @param processors such as 0.25
   * @throws IOException when this machine lets us make none
   */
  public static CpuQuota of(double processors) throws IOException {
    long quota = (long) (processors * PERIOD_MICROS);
    boolean first = Files.isDirectory(FIRST);
    Path cgroup = (first ? FIRST : SECOND).resolve("dot-agent-" + UUID.randomUUID());
    Files.createDirectory(cgroup);
    try {
      if (first) {
        write(cgroup.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
        write(cgroup.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        write(cgroup.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      }
      return new CpuQuota(cgroup);
    } catch (IOException noQuota) {
      Files.delete(cgroup);
      throw noQuota;
    }
  }

  /** Empty when one can be made here; else why not. */
  public static String whyUnavailable() {
    try {
      of(0.5).close();
      return "";
    } catch (IOException | RuntimeException cannot) {
      return "no cgroup with a quota: " + cannot;
    }
  }

  /** The command, inside from its first instruction on. */
  public List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>();
    wrapped.addAll(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\""));
    wrapped.add(cgroup.resolve("cgroup.procs").toString());
    wrapped.addAll(command);
    return wrapped;
  }

  @Override
  public void close() {
    for (int i = 0; ; i++) {
      try {
        Files.deleteIfExists(cgroup);
        return;
      } catch (IOException busy) { // its processes have ended, and are still being cleared away
        if (i == TRIES) {
          throw new UncheckedIOException(busy);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static void write(Path file, String value) throws IOException {
    Files.writeString(file, value);
  }
}
