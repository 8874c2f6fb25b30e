package io.github.dotagent.it.drills;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an operator saw, step by step, with what differs from run to run called by one name: times,
 * counts, keys, the Java. For one thread.
 */
final class Transcript {
  /** Lines about this machine, which are no part of a drill. */
  private static final Pattern OF_THE_MACHINE = Pattern.compile("  (processors|memory) .*");

  /** A check of the doctor's. */
  private static final Pattern IS_WELL = Pattern.compile("  \\w[\\w ]* ok .*");

  /**
   * On a machine that is busy a lookup's time may be over before that of the servers. Then it says
   * what they are doing, instead of why they failed.
   */
  private static final Pattern IS_BUSY = Pattern.compile("no answer over TLS: .*none within N ms");

  private static final String CONTINUED = "    ";

  /** The columns of connections, and of queries that wait, which are there and gone. */
  private static final int CONNECTIONS = 2;

  private static final int WAITING = 3;

  /** Cells of the table of servers. */
  private static final Pattern GAP = Pattern.compile("  +");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<Alarms.State> figures = new ArrayList<>();
  private final List<Integer> alarms = new ArrayList<>(); // where they go, for each step

  /** From now on a text has another name. */
  void calls(String text, String name) {
    names.put(text, name);
  }

  void step(String what) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("# " + what);
  }

  /** As a scrape gave them, before the first step. */
  void figures(List<String> scraped) {
    figures.add(new Alarms.State(scraped, scraped));
  }

  /** Those of a step, at its begin and at its end. */
  void figures(List<String> begin, List<String> end) {
    part("alarms");
    alarms.add(lines.size());
    figures.add(new Alarms.State(begin, end));
  }

  void log(List<String> log) {
    part("log");
    List<String> plain = new ArrayList<>();
    for (String line : log) {
      plain.add(plain(line).replaceFirst("^\\S+ dot-agent ", "TIME "));
    }
    plain.removeIf(IS_BUSY.asPredicate());
    inOrder(plain);
    lines.addAll(plain);
  }

  /**
   * Two servers fail, or answer, in the same moment, in either order; what is said of both comes
   * behind that.
   */
  private static void inOrder(List<String> log) {
    log.sort(Comparator.comparing(Transcript::isOfAll).thenComparing(Comparator.naturalOrder()));
  }

  private static boolean isOfAll(String line) {
    return !line.contains(" upstream 192.0.2.");
  }

  void status(List<String> status) {
    part("status");
    List<String> whole = new ArrayList<>();
    for (String line : status) {
      boolean goesOn = !whole.isEmpty() && line.startsWith(CONTINUED);
      if (goesOn && line.startsWith("           ") && !line.startsWith("           hits")) {
        whole.set(whole.size() - 1, whole.get(whole.size() - 1) + " " + line.strip());
      } else if (goesOn && !line.startsWith("           ")) {
        whole.set(whole.size() - 1, whole.get(whole.size() - 1) + " " + line.strip());
      } else {
        whole.add(line);
      }
    }
    int errors = whole.indexOf("last errors and warnings");
    int end = errors < 0 ? whole.size() : errors + 1;
    whole.subList(0, end).stream()
        .filter(line -> !line.startsWith("answers ")) // cache or server: a matter of time
        .forEach(line -> lines.add(ofStatus(line)));
    // what happens in the same moment stands in either order
    whole.subList(end, whole.size()).stream()
        .map(this::ofStatus)
        .filter(IS_BUSY.asPredicate().negate())
        .map(Transcript::inOneOrder)
        .sorted()
        .distinct()
        .forEach(lines::add);
  }

  /** Servers of which a lookup tells, in the order in which they were asked. */
  private static String inOneOrder(String error) {
    String tells = ": no answer over TLS: ";
    int begin = error.indexOf(tells);
    if (begin < 0) {
      return error;
    }
    String[] servers = error.substring(begin + tells.length()).split("; (?=192\\.)");
    Arrays.sort(servers);
    return error.substring(0, begin) + tells + String.join("; ", servers);
  }

  private String ofStatus(String line) {
    String plain =
        plain(line)
            .replaceFirst("^(dot-agent) \\S+ in \\d+: Java \\S+, up .*", "$1 in PID")
            .replaceFirst("^hook .*", "hook       HOOK")
            .replaceAll("\\d+\\.\\d %", "N %")
            .replaceAll("name-\\d+", "NAME")
            .replaceFirst(" and \\d+ others?:", ":")
            .replaceFirst(" \\(N times in T\\)$", "")
            .replaceFirst("(?<!last )T ago$", "N times in T, last T ago");
    if (plain.startsWith("lookups") || plain.startsWith("cache") || plain.startsWith("     ")) {
      return plain.replaceAll("\\b[1-9][\\d,]*\\b", "N").replace("of N names", "of 100,000 names");
    }
    if (plain.startsWith("in clear") || plain.startsWith("pins  ")) {
      return plain
          .replaceAll("[1-9][\\d,]*", "N")
          .replace("N name may", "N names may")
          // asked for by the JVM's own JMX, where no hosts file has it
          .replaceFirst("^(in clear +)N( names may .*clear); \\(this .* name\\): N$", "$10$2")
          .replaceFirst(", \\(this machine's own name\\): N", "")
          .replaceFirst("; \\(this machine's own name\\): N, ", "; ")
          .replaceFirst("; [a-z.]+: N", "; SUFFIX: N");
    }
    if (plain.startsWith("192.0.2.") || plain.startsWith("upstream ")) {
      return String.join("  ", cells(plain));
    }
    return plain;
  }

  /** What was asked and failed, counted or not at all; of a server that is away no connection. */
  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    for (String cell : GAP.split(row)) {
      int column = cells.size();
      boolean there = column == WAITING || column == CONNECTIONS && !cells.contains("in use");
      boolean counted = column > WAITING && cell.matches("[1-9][\\d,]*");
      cells.add(there || counted ? cell.replaceFirst("^[\\d,]+$", "N") : cell);
    }
    return cells;
  }

  /**
   * @param whole also of what is well; else that is a line for each server, and for the machine
   */
  void doctor(List<String> doctor, boolean whole) {
    part("doctor");
    List<String> section = new ArrayList<>();
    for (String line : doctor) {
      if (line.isEmpty()) {
        section(section, whole);
        section.clear();
      } else if (!OF_THE_MACHINE.matcher(line).matches()) {
        section.add(
            plain(line)
                .replaceFirst("(  Java  +ok +).*", "$1JAVA")
                .replaceFirst("(TLSv1\\.[23])[^,]*, in", "$1, in"));
      }
    }
    section(section, whole);
  }

  private void section(List<String> section, boolean whole) {
    boolean isWell =
        section.size() > 1
            && section.subList(1, section.size()).stream().allMatch(IS_WELL.asMatchPredicate());
    if (isWell && !whole) {
      lines.add(section.get(0) + ": all ok");
    } else {
      lines.addAll(section);
    }
  }

  private void part(String what) {
    lines.add("## " + what);
  }

  private String plain(String line) {
    String plain = line;
    for (Map.Entry<String, String> name : names.entrySet()) {
      plain = plain.replace(name.getKey(), name.getValue());
    }
    return plain
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll("NotAfter: [^)]*", "NotAfter: TIME")
        .replaceAll("NotBefore: [^)]*", "NotBefore: TIME")
        .replaceAll("\\b[\\d,]+ times in \\d+ (s|min \\d+ s)", "N times in T")
        .replaceAll("\\b\\d+ (s|min \\d+ s) ago", "T ago")
        .replaceAll(
            "upstream \\S+ answers again, after \\d+ (s|min \\d+ s) without",
            "upstream ONE answers again, after T without")
        // the key is told once, of the server that shows it first
        .replaceAll("upstream \\S+: (pin mismatch .*; refused\\.)", "upstream ONE: $1")
        .replaceAll("\\b\\d+ lookups? failed meanwhile", "N lookups failed meanwhile")
        .replaceAll("\\b[1-9]\\d* names? left in the clear", "N names left in the clear")
        .replaceAll("\\b\\d+(\\.\\d+)? ms\\b", "N ms")
        .replaceFirst(" +$", "");
  }

  /** The whole, with the alarms that the figures bring about. */
  List<String> lines() throws Exception {
    List<List<String>> firing = Alarms.during(figures);
    List<String> all = new ArrayList<>(lines);
    for (int i = alarms.size() - 1; i >= 0; i--) {
      List<String> its =
          firing.get(i).stream().map(alarm -> alarm.replaceAll("\\d[\\d.]*%", "N%")).toList();
      all.addAll(alarms.get(i), its.isEmpty() ? List.of("none") : its);
    }
    return all;
  }
}
