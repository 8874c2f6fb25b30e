package io.github.dotagent.agent.cli.status;

import java.util.Collections;
import java.util.List;

/** The end of a look at an agent with {@code mode=observe}: what {@code enforce} would change. */
final class ObservedSection {
  /** In the order of {@link StatusSnapshot#COMPARISONS}. */
  private static final String[] COMPARISONS = {
    "answered the same",
    "not asked over TLS, by the settings",
    "with other addresses over TLS, as CDNs have",
    "with internal addresses from the system resolver alone",
    "known to the system resolver alone",
    "known to the servers alone",
    "not answered by the servers"
  };

  private ObservedSection() {}

  static void write(Figures resolver, Lines lines) {
    lines.add("observed");
    lines.indented(
        "The system resolver answers the program: names leave in the clear as before, and the"
            + " upstreams now see them as well, internal ones too unless system.suffixes or zones"
            + " keep them.");
    for (int i = 0; i < COMPARISONS.length; i++) {
      Long names = resolver.count(StatusSnapshot.COMPARISONS.get(i));
      if (names != null && names > 0) {
        lines.indented(names(names) + " " + COMPARISONS[i]);
      }
    }
    Long waiting = resolver.count("ObservedWaiting");
    if (waiting != null && waiting > 0) {
      lines.indented(names(waiting) + " not compared yet");
    }
    Long beyond = resolver.count("ObservedBeyond");
    if (beyond != null && beyond > 0) {
      lines.indented(Words.count(beyond) + " lookups were not compared: too many names");
    }
    for (String suffix : list(resolver, "ObservedSuffixes")) {
      lines.indented("- " + suffix);
    }
    List<String> toPaste = list(resolver, "ObservedLines");
    if (!toPaste.isEmpty()) {
      lines.add(
          "settings to paste: the system resolver then answers for the names that only it knows");
      for (String line : toPaste) {
        lines.add("  " + line); // in one piece
      }
    }
    lines.add("with mode=enforce");
    lines.indented(cost(resolver, toPaste.isEmpty()));
  }

  private static String cost(Figures resolver, boolean withoutLines) {
    Long failed = resolver.count("WouldHaveFailed");
    String all = " of " + Words.count(resolver.count("Lookups")) + " lookups would have failed";
    return Words.count(failed)
        + all
        + (withoutLines
            ? ""
            : ", with the lines above " + Words.count(resolver.count("WouldStillFail")));
  }

  private static List<String> list(Figures resolver, String name) {
    List<String> texts = resolver.list(name);
    return texts == null ? Collections.<String>emptyList() : texts;
  }

  private static String names(long count) {
    return Words.count(count) + (count == 1 ? " name" : " names");
  }
}
