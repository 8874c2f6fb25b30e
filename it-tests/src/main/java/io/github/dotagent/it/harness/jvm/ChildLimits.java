package io.github.dotagent.it.harness.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Limits of a child that change while it runs: its part of a processor, its threads. A cgroup of
 * either version of the kernel's interface; needs root and a mounted cgroup file system.
 */
public final class ChildLimits implements AutoCloseable {
  private static final long PERIOD_MICROS = 100_000; // the kernel's own default

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** How often a cgroup is tried to be removed, whose last process is just ending. */
  private static final int TRIES = 1_000_000;

  private final boolean first;
  private final Map<String, Path> folders;

  private ChildLimits(boolean first, Map<String, Path> folders) {
    this.first = first;
    this.folders = folders;
  }

  /**
   * Without any limit so far.
   *
   * @throws IOException when this machine lets us make none
   */
  public static ChildLimits none() throws IOException {
    String name = "dot-agent-" + UUID.randomUUID();
    boolean first = Files.isDirectory(ROOT.resolve("cpu"));
    Path cpu = Files.createDirectory((first ? ROOT.resolve("cpu") : ROOT).resolve(name));
    Path pids = first ? Files.createDirectory(ROOT.resolve("pids").resolve(name)) : cpu;
    ChildLimits limits = new ChildLimits(first, Map.of("cpu", cpu, "pids", pids));
    try {
      limits.processorsFree();
      limits.threadsFree();
      return limits;
    } catch (UncheckedIOException noLimits) {
      limits.close();
      throw noLimits.getCause();
    }
  }

  /**
   * With a part of a processor, as in a small container.
   *
   * @param part such as 0.25
   * @throws IOException when this machine lets us make none
   */
  public static ChildLimits ofProcessors(double part) throws IOException {
    ChildLimits limits = none();
    try {
      limits.processors(part);
      return limits;
    } catch (UncheckedIOException noLimits) {
      limits.close();
      throw noLimits.getCause();
    }
  }

  /** Empty when they can be made here; else why not. */
  public static String whyUnavailable() {
    try {
      ofProcessors(0.5).close();
      return "";
    } catch (IOException | RuntimeException cannot) {
      return "no cgroup with a quota: " + cannot;
    }
  }

  /** The command, inside from its first instruction on. */
  public List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>();
    wrapped.addAll(
        List.of("/bin/sh", "-c", "echo $$ > \"$0\" && echo $$ > \"$1\" && shift && exec \"$@\""));
    wrapped.add(folders.get("cpu").resolve("cgroup.procs").toString());
    wrapped.add(folders.get("pids").resolve("cgroup.procs").toString());
    wrapped.addAll(command);
    return wrapped;
  }

  /**
   * @param part such as 0.25
   */
  public void processors(double part) {
    cpu(Long.toString((long) (part * PERIOD_MICROS)));
  }

  public void processorsFree() {
    cpu(first ? "-1" : "max");
  }

  private void cpu(String quota) {
    write("cpu", first ? "cpu.cfs_quota_us" : "cpu.max", first ? quota : quota + " 100000");
  }

  /** No thread more than there are. */
  public void threadsAsNow() {
    try {
      Path current = folders.get("pids").resolve("pids.current");
      write("pids", "pids.max", Files.readString(current).strip());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public void threadsFree() {
    write("pids", "pids.max", "max");
  }

  private void write(String controller, String file, String value) {
    try {
      Files.writeString(folders.get(controller).resolve(file), value);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public void close() {
    folders.values().stream().distinct().forEach(ChildLimits::remove);
  }

  private static void remove(Path cgroup) {
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
}
