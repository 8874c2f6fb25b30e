package io.github.dotagent.agent.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The share of a processor and of memory that the kernel gives this process: the limits of its
 * cgroup and of those above, version 1 (sched-bwc, memory) and 2 (cgroup-v2, {@code cpu.max},
 * {@code memory.max}). A container sees its own cgroup as the root, so a missing path is looked for
 * at the root.
 */
final class QuotaCheck {
  /** Below half of a processor the first lookup is so slow that it seems to be a fault. */
  private static final double SMALL = 0.5;

  /**
   * The processor time from the JVM's start to the first answer, TLS and its classes included: 0.6
   * to 1 s, measured with 0.1 and 0.25 of a processor on Java 8, 17 and 25.
   */
  private static final double START_SECONDS = 1;

  /** The heap for a name with its answers: 29.7 to 32.8 MB for 100,000 names (docs/cache.md). */
  private static final long OCTETS_OF_A_NAME = 330;

  /** From this share on, a full cache takes a large part of the container's memory. */
  private static final int PART_OF_MEMORY = 8;

  private static final long MEGABYTE = 1L << 20;

  /** The value of version 1 without a limit, rounded to pages. */
  private static final double NO_MEMORY_LIMIT = 1L << 60;

  private final Path membership;
  private final Path cgroups;

  /**
   * @param membership {@code /proc/self/cgroup}
   * @param cgroups {@code /sys/fs/cgroup}
   */
  QuotaCheck(Path membership, Path cgroups) {
    this.membership = membership;
    this.cgroups = cgroups;
  }

  /** Null if there is no quota, or no readable cgroup. */
  Finding processors() {
    double processors =
        least(
            "cpu",
            (cgroup, second) -> {
              if (second) {
                String[] max = lines(cgroup.resolve("cpu.max")).get(0).split(" ", -1);
                return ratio(max[0], max[1]);
              }
              return ratio(
                  lines(cgroup.resolve("cpu.cfs_quota_us")).get(0),
                  lines(cgroup.resolve("cpu.cfs_period_us")).get(0));
            });
    if (Double.isInfinite(processors)) {
      return null;
    }
    String quota = String.format(Locale.ROOT, "%.2f of a processor", processors);
    if (processors >= SMALL) {
      return Finding.ok(quota);
    }
    long seconds = (long) Math.ceil(START_SECONDS / processors);
    return Finding.note(
        quota + "; the first lookup of a JVM takes about " + seconds + " s here",
        "lookups wait for it, for dotagent.timeout.start at most; give the container more processor"
            + " at its start, or raise that setting above this time");
  }

  /**
   * Null if there is no limit, or no readable cgroup.
   *
   * @param names that the cache may hold
   */
  Finding memory(long names) {
    double octets =
        least(
            "memory",
            (cgroup, second) -> {
              String file = second ? "memory.max" : "memory.limit_in_bytes";
              String limit = lines(cgroup.resolve(file)).get(0);
              double most = "max".equals(limit) ? NO_MEMORY_LIMIT : Double.parseDouble(limit);
              return most < NO_MEMORY_LIMIT ? most : Double.POSITIVE_INFINITY;
            });
    if (Double.isInfinite(octets)) {
      return null;
    }
    long cache = names * OCTETS_OF_A_NAME;
    String limit =
        megabytes((long) octets)
            + " MB; the agent's cache takes "
            + megabytes(cache)
            + " MB of heap at most";
    return cache <= octets / PART_OF_MEMORY
        ? Finding.ok(limit)
        : Finding.note(
            limit,
            "a full cache would take much of it: lower dotagent.cache.maxEntries, which is "
                + names);
  }

  private static long megabytes(long octets) {
    return (octets + MEGABYTE / 2) / MEGABYTE;
  }

  /** The limit of a cgroup; an exception if it cannot be read. */
  private interface Limit {
    double of(Path cgroup, boolean second) throws IOException;
  }

  /** Infinity where there is none. */
  private double least(String controller, Limit limit) {
    double least = Double.POSITIVE_INFINITY;
    try {
      for (String line : lines(membership)) {
        String[] parts = line.split(":", 3); // cgroups(7): ID:CONTROLLERS:PATH
        if (parts.length == 3 && parts[1].isEmpty()) {
          least = Math.min(least, least(cgroups, parts[2], limit, true));
        } else if (parts.length == 3
            && Arrays.asList(parts[1].split(",", -1)).contains(controller)) {
          for (String mount : Arrays.asList(parts[1], controller)) {
            least = Math.min(least, least(cgroups.resolve(mount), parts[2], limit, false));
          }
        }
      }
    } catch (IOException noCgroups) {
      // another system, or no /proc: no limit is known
    }
    return least;
  }

  /** The lowest limit of a cgroup and of all cgroups above it. */
  private static double least(Path root, String path, Limit limit, boolean second) {
    double least = Double.POSITIVE_INFINITY;
    Path relative = root.getFileSystem().getPath(path.startsWith("/") ? path.substring(1) : path);
    for (Path one = relative; one != null; one = one.getParent()) {
      least = Math.min(least, of(root.resolve(one), limit, second));
    }
    return Math.min(least, of(root, limit, second));
  }

  private static double of(Path cgroup, Limit limit, boolean second) {
    try {
      return limit.of(cgroup, second);
    } catch (IOException | RuntimeException none) {
      return Double.POSITIVE_INFINITY; // missing, or not in the documented form
    }
  }

  private static double ratio(String quota, String period) {
    boolean none = "max".equals(quota) || quota.startsWith("-");
    return none ? Double.POSITIVE_INFINITY : Double.parseDouble(quota) / Double.parseDouble(period);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
