package io.github.dotagent.agent.cli.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Failures of many names for one reason, as one text: an outage has as many as there are names. */
final class FoldedErrors {
  /** How a lookup that failed begins to say why. */
  private static final String WHY = ": no answer over TLS: ";

  private FoldedErrors() {}

  /**
   * @param errors each {@code TIME NAME: no answer over TLS: WHY}, or another text; the last first
   */
  static List<String> of(List<String> errors) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    for (String error : errors) {
      int why = error.indexOf(WHY);
      String reason = why < 0 ? error : withoutTimes(error.substring(why));
      byReason.computeIfAbsent(reason, first -> new ArrayList<>()).add(error);
    }
    List<String> folded = new ArrayList<>();
    for (Map.Entry<String, List<String>> one : byReason.entrySet()) {
      List<String> equal = one.getValue();
      String first = equal.get(0);
      int others = equal.size() - 1;
      folded.add(
          others == 0
              ? first
              : first.substring(0, first.indexOf(WHY))
                  + " and "
                  + others
                  + (others == 1 ? " other" : " others")
                  + one.getKey());
    }
    return folded;
  }

  private static String withoutTimes(String reason) {
    int times = reason.lastIndexOf(" (");
    return times > 0 && reason.indexOf(" times since ", times) > 0
        ? reason.substring(0, times)
        : reason;
  }
}
