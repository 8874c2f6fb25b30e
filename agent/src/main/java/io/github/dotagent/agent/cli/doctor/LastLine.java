package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.ZoneTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of all checks in one line: whether names resolve, whether any leave in the clear, and
 * what to do first.
 */
final class LastLine {
  /**
   * Reverse zones are left out: there are many, and no program asks for them by a name that it has.
   */
  private static final String REVERSE = ".arpa";

  /** The only suffix among them that is not a reverse zone (RFC 8375). */
  private static final String HOME = "home.arpa";

  private LastLine() {}

  /**
   * @param resolving how many servers were reached and authenticated, and answered
   * @param servers how many servers the settings name
   * @param unresolved the groups of names that no server answers
   * @param off whether the agent is switched off
   * @param names which names the system resolver answers
   * @param report the findings
   */
  static String of(
      int resolving,
      int servers,
      List<String> unresolved,
      boolean off,
      NamePolicy names,
      CountedReport report) {
    return "Names resolve: "
        + onHowMany(resolving, unresolved.isEmpty())
        + servers
        + (servers == 1 ? " server" : " servers")
        + (resolving == 0 || unresolved.isEmpty()
            ? ""
            : ", none of them for " + String.join(", ", unresolved))
        + ". "
        + "In the clear: "
        + inClear(off, names)
        + ". "
        + whatFirst(report);
  }

  private static String onHowMany(int resolving, boolean all) {
    if (resolving == 0) {
      return "no, on none of ";
    }
    return (all ? "yes, on " : "not all, on ") + resolving + " of ";
  }

  private static String inClear(boolean off, NamePolicy names) {
    if (off) {
      return "every name (dotagent.enabled=false)";
    }
    if (names.clearTextFallback()) {
      return "every name while no server can be reached (dotagent.profile=opportunistic)";
    }
    List<String> whose = new ArrayList<>();
    for (Map.Entry<String, ZoneTarget> zone : names.zones().entrySet()) {
      if (zone.getValue() == ZoneTarget.SYSTEM) {
        whose.add(zone.getKey());
      }
    }
    for (String suffix : names.systemSuffixes()) {
      if (names.zones().containsKey(suffix)) {
        continue; // the zone wins
      }
      if (!suffix.endsWith(REVERSE) || suffix.equals(HOME)) {
        whose.add(suffix);
      }
    }
    String oneLabel = names.singleLabelIsSystem() ? "names of one label" : "";
    String under = whose.isEmpty() ? "" : "names under " + String.join(", ", whose);
    if (oneLabel.isEmpty() && under.isEmpty()) {
      return "nothing";
    }
    return "at most names of this network ("
        + oneLabel
        + (oneLabel.isEmpty() || under.isEmpty() ? "" : " and ")
        + under
        + ")";
  }

  private static String whatFirst(CountedReport report) {
    if (report.failures() > 0) {
      return "Failed checks: "
          + report.failures()
          + (report.firstRemedy() == null ? "." : "; first: " + report.firstRemedy() + ".");
    }
    return report.notes() == 0
        ? "Nothing is wrong."
        : "Nothing failed. Notes: " + report.notes() + ".";
  }
}
