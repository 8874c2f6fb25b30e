package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator of DNS-OARC, in C, asking the same names of the same server. */
final class Dnsperf {
  private static final Pattern PER_SECOND = Pattern.compile("Queries per second:\\s+([0-9.]+)");
  private static final Pattern COMPLETED = Pattern.compile("Queries completed:\\s+([0-9]+)");

  /** What the shell's times prints last: user and system time of its children. */
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s");

  /** More than it gets through in one run of a few seconds; then it begins anew. */
  private static final int NAMES = 200_000;

  private final Path queries;

  Dnsperf() throws IOException {
    queries = Files.createTempFile("dnsperf", ".txt");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < NAMES; i++) {
      lines.add("n" + i + "." + Unbound.DOMAIN + " A");
      lines.add("n" + i + "." + Unbound.DOMAIN + " AAAA");
    }
    Files.write(queries, lines);
  }

  /**
   * @param perSecond answered queries
   * @param cpuMicros of processor time for each
   */
  record Rates(double perSecond, double cpuMicros) {}

  /**
   * @param connections each with up to 100 queries in flight, as many as it has by default
   */
  Rates run(int port, int connections, int seconds) {
    String command =
        String.format(
            "dnsperf -m dot -s 127.0.0.1 -p %d -d %s -l %d -c %d -q %d -e; times",
            port, queries, seconds, connections, 100 * connections);
    try (RunningChild child =
        RunningChild.of(List.of("bash", "-c", command), Duration.ofSeconds(seconds + 30L))) {
      ChildResult result = child.await();
      String said = String.join("\n", result.stdout());
      double completed = number(COMPLETED, said);
      return new Rates(number(PER_SECOND, said), cpuSeconds(said) * 1e6 / completed);
    }
  }

  private static double number(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IllegalStateException("dnsperf said: " + said);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static double cpuSeconds(String said) {
    Matcher matcher = TIMES.matcher(said);
    double seconds = 0;
    while (matcher.find()) { // the last line is that of the children
      seconds =
          60 * Double.parseDouble(matcher.group(1))
              + Double.parseDouble(matcher.group(2))
              + 60 * Double.parseDouble(matcher.group(3))
              + Double.parseDouble(matcher.group(4));
    }
    return seconds;
  }
}
