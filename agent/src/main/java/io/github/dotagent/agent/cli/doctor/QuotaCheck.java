package io.github.dotagent.agent.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much of a processor the kernel lets this process have, by the quotas of its cgroup and of
 * those above, version 1 (sched-bwc) and 2 (cgroup-v2, {@code cpu.max}). A container sees its own
 * cgroup as the root, so a path that is not there is looked for at the root.
 */
final class QuotaCheck {
  /** Below half of a processor the first lookup is slow enough to be taken for a fault. */
  private static final double SMALL = 0.5;

  /**
   * What a whole processor needs from the JVM's start to the first answer, TLS and its classes
   * included: measured at 0.1 and 0.25 of one on Java 8, 17 and 25, 0.6 to 1 s.
   */
  private static final double START_SECONDS = 1;

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

  /** Null where there is no quota, or no cgroup that says so. */
  Finding find() {
    double processors = processors();
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
        "lookups wait for that within dotagent.timeout.start; give the container more for its"
            + " start, or make that setting longer than this");
  }

  private double processors() {
    double least = Double.POSITIVE_INFINITY;
    try {
      for (String line : lines(membership)) {
        String[] parts = line.split(":", 3); // cgroups(7): ID:CONTROLLERS:PATH
        if (parts.length == 3 && parts[1].isEmpty()) {
          least = Math.min(least, least(cgroups, parts[2], true));
        } else if (parts.length == 3 && Arrays.asList(parts[1].split(",", -1)).contains("cpu")) {
          for (String mount : Arrays.asList(parts[1], "cpu")) {
            least = Math.min(least, least(cgroups.resolve(mount), parts[2], false));
          }
        }
      }
    } catch (IOException noCgroups) {
      // another system, or /proc is not there: no quota that this could tell
    }
    return least;
  }

  /** Of a cgroup and all above it, each of which bounds it. */
  private static double least(Path root, String path, boolean second) {
    double least = Double.POSITIVE_INFINITY;
    Path relative = root.getFileSystem().getPath(path.startsWith("/") ? path.substring(1) : path);
    for (Path one = relative; one != null; one = one.getParent()) {
      least = Math.min(least, of(root.resolve(one), second));
    }
    return Math.min(least, of(root, second));
  }

  private static double of(Path cgroup, boolean second) {
    try {
      if (second) {
        String[] max = lines(cgroup.resolve("cpu.max")).get(0).split(" ", -1);
        return ratio(max[0], max[1]);
      }
      return ratio(
          lines(cgroup.resolve("cpu.cfs_quota_us")).get(0),
          lines(cgroup.resolve("cpu.cfs_period_us")).get(0));
    } catch (IOException | RuntimeException none) {
      return Double.POSITIVE_INFINITY; // not there, or not as the kernel's documentation has it
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
