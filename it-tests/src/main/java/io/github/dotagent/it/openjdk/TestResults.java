package io.github.dotagent.it.openjdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What jtreg's {@code summary.txt} says: a line for each test, its name and how it ended. */
final class TestResults {
  private TestResults() {}

  /** Name to end, such as {@code Passed. Execution successful}. */
  static Map<String, String> read(Path summary) throws IOException {
    Map<String, String> ends = new TreeMap<>();
    for (String line : Files.readAllLines(summary)) {
      String[] words = line.split(" +", 2);
      if (words.length == 2) {
        ends.put(words[0], words[1]);
      }
    }
    return ends;
  }

  /** A line for each test whose first word differs: another reason of a failure is none. */
  static List<String> differences(Map<String, String> without, Map<String, String> with) {
    TreeSet<String> all = new TreeSet<>(without.keySet());
    all.addAll(with.keySet());
    List<String> lines = new ArrayList<>();
    for (String test : all) {
      String first = without.getOrDefault(test, "Not run.");
      String second = with.getOrDefault(test, "Not run.");
      if (!word(first).equals(word(second))) {
        lines.add(test + "\n  without: " + first + "\n  with:    " + second);
      }
    }
    return lines;
  }

  static Map<String, Long> counts(Map<String, String> ends) {
    return ends.values().stream()
        .collect(Collectors.groupingBy(TestResults::word, TreeMap::new, Collectors.counting()));
  }

  private static String word(String end) {
    return end.replaceFirst("[. ].*", "");
  }
}
