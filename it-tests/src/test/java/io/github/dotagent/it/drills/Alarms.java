package io.github.dotagent.it.drills;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The alarms of docs/prometheus-alerts.yml over figures that were scraped, in Prometheus's own
 * tester. Each state lasts for {@value #MINUTES} minutes, longer than any alarm waits. Meanwhile
 * the counts grow evenly, by as much as between its two scrapes.
 */
final class Alarms {
  private static final int MINUTES = 70;
  private static final String PROMTOOL = "promtool";
  private static final String LABELS = "job=\"shop\",instance=\"shop:9404\"";

  /** Failsafe runs a module's tests in the module's folder. */
  static final Path RULES = Path.of("..", "docs", "prometheus-alerts.yml");

  private static final Pattern SERIES = Pattern.compile("(dotagent_\\w+)(?:\\{(.*?),?})? (\\S+)");
  private static final Pattern ALARM = Pattern.compile("alertname: (\\w+), time: ([^,\\s]+)");
  private static final Pattern LABEL = Pattern.compile("severity=\"(\\w+)\"");
  private static final Pattern SUMMARY = Pattern.compile("summary=\"(.*)\"}");

  private Alarms() {}

  /**
   * A while during which nothing changes but counts.
   *
   * @param begin lines of a scrape
   * @param end lines of a later one
   */
  record State(List<String> begin, List<String> end) {}

  static boolean canBeTold() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROMTOOL)));
  }

  /**
   * What fires at the end of each state but the first, as {@code SEVERITY NAME: SUMMARY}, sorted.
   *
   * @param states as they followed each other
   */
  static List<List<String>> during(List<State> states) throws Exception {
    List<Set<String>> firing = new ArrayList<>();
    for (int i = 1; i < states.size(); i++) {
      firing.add(new TreeSet<>());
    }
    Path folder = Files.createTempDirectory("drill-alarms");
    Path rules = Files.copy(RULES, folder.resolve("rules.yml"));
    Path tests = Files.write(folder.resolve("tests.yml"), tests(states));
    try {
      Process promtool =
          new ProcessBuilder(PROMTOOL, "test", "rules", tests.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!promtool.waitFor(30, TimeUnit.SECONDS) || promtool.exitValue() > 1) {
        throw new AssertionError(said);
      }
      read(said, firing);
    } finally {
      Files.delete(rules);
      Files.delete(tests);
      Files.delete(folder);
    }
    return firing.stream().map(List::copyOf).toList();
  }

  /** Expects that no alarm fires: promtool reports those that do. */
  private static List<String> tests(List<State> states) throws IOException {
    List<String> yaml = new ArrayList<>();
    yaml.add("rule_files: [rules.yml]");
    yaml.add("evaluation_interval: 1m");
    yaml.add("tests:");
    yaml.add("  - interval: 1m");
    yaml.add("    input_series:");
    series(states)
        .forEach(
            (series, values) ->
                yaml.add("      - {series: '" + series + "', values: '" + values + "'}"));
    yaml.add("    alert_rule_test:");
    for (int i = 1; i < states.size(); i++) {
      for (String line : Files.readAllLines(RULES)) {
        if (line.strip().startsWith("- alert: ")) {
          yaml.add(
              "      - {eval_time: "
                  + ((i + 1) * MINUTES - 1)
                  + "m, alertname: "
                  + line.strip().substring("- alert: ".length())
                  + ", exp_alerts: []}");
        }
      }
    }
    return yaml;
  }

  private static Map<String, String> series(List<State> states) {
    Map<String, String> all = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    for (State state : states) {
      names.addAll(values(state.begin()).keySet());
      names.addAll(values(state.end()).keySet());
    }
    for (String name : names) {
      StringBuilder text = new StringBuilder();
      Double before = null;
      for (State state : states) {
        Double end = values(state.end()).get(name);
        text.append(notation(name, before, values(state.begin()).get(name), end));
        before = end;
      }
      all.put(name, text.substring(1));
    }
    return all;
  }

  /** By series, its labels included. */
  private static Map<String, Double> values(List<String> scraped) {
    Map<String, Double> values = new TreeMap<>();
    for (String line : scraped) {
      Matcher one = SERIES.matcher(line);
      if (!one.matches()) {
        throw new AssertionError("no series: " + line);
      }
      String labels = one.group(2) == null || one.group(2).isEmpty() ? "" : "," + one.group(2);
      values.put(one.group(1) + "{" + LABELS + labels + "}", Double.valueOf(one.group(3)));
    }
    return values;
  }

  /** In promtool's: {@code BEGIN+STEPxTIMES}, {@code _} for a scrape without it. */
  private static String notation(String series, Double before, Double begin, Double end) {
    if (end == null) {
      return before == null ? " _x" + MINUTES : " stale _x" + (MINUTES - 1);
    }
    if (end.isNaN()) {
      return " NaN".repeat(MINUTES);
    }
    boolean counts = series.contains("_total{") && begin != null;
    double step = counts ? (end - begin) / MINUTES : 0;
    double first = end - step * (MINUTES - 1);
    return String.format(Locale.ROOT, " %.6f+%.6fx%d", first, step, MINUTES - 1);
  }

  private static void read(String said, List<Set<String>> firing) {
    String alarm = "";
    int step = 0;
    String severity = "";
    for (String line : said.lines().toList()) {
      Matcher begin = ALARM.matcher(line);
      Matcher label = LABEL.matcher(line);
      Matcher summary = SUMMARY.matcher(line);
      if (begin.find()) {
        alarm = begin.group(1);
        step = (minutes(begin.group(2)) + 1) / MINUTES - 2;
      } else if (summary.find()) {
        firing.get(step).add(severity + " " + alarm + ": " + summary.group(1));
      } else if (label.find()) {
        severity = label.group(1);
      }
    }
  }

  /** Of a duration as Prometheus writes it, such as {@code 2h19m}. */
  private static int minutes(String time) {
    Matcher parts = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:\\d+s)?").matcher(time);
    if (!parts.matches()) {
      throw new AssertionError(time);
    }
    int hours = parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1));
    return hours * 60 + (parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
  }
}
