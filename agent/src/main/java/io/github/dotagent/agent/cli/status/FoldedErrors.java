package io.github.dotagent.agent.cli.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Failures of many names for one reason, as one text, because an outage has one for each name. */
final class FoldedErrors {
  /** The beginning of the reason of a failed lookup. */
  private static final String WHY = ": no answer over TLS: ";

  private FoldedErrors() {}

  /**
   * @param errors each {@code TIME NAME: no answer over TLS: WHY}, or another text; the last first
   */
  static List<TimedError> of(List<String> errors) {
    Map<String, List<TimedError>> byReason = new LinkedHashMap<>();
    for (String text : errors) {
      TimedError error = TimedError.parse(text);
      int why = error.text().indexOf(WHY);
      String reason = why < 0 ? error.text() : error.text().substring(why);
      byReason.computeIfAbsent(reason, first -> new ArrayList<>()).add(error);
    }
    List<TimedError> folded = new ArrayList<>();
    for (Map.Entry<String, List<TimedError>> one : byReason.entrySet()) {
      folded.add(folded(one.getValue(), one.getKey()));
    }
    return folded;
  }

  /**
   * @param equal the last first
   */
  private static TimedError folded(List<TimedError> equal, String reason) {
    TimedError all = equal.get(0);
    for (TimedError other : equal.subList(1, equal.size())) {
      all = all.and(other);
    }
    int others = equal.size() - 1;
    String last = equal.get(0).text();
    int why = last.indexOf(WHY);
    return others == 0 || why < 0
        ? all
        : all.saying(
            last.substring(0, why)
                + " and "
                + others
                + (others == 1 ? " other" : " others")
                + reason);
  }
}
