package io.github.dotagent.agent.cli.status;

import java.util.List;

/** A look as a table for people, with rates if there are two looks. */
final class StatusTable {
  /** In the order of {@link StatusSnapshot#FAILURES}. */
  private static final String[] KINDS = {
    "untrusted", "bogus", "malformed", "server failure", "unreachable", "timeout"
  };

  /** In the order of {@link StatusSnapshot#SOURCES}. */
  private static final String[] SOURCES = {
    "literal",
    "loopback",
    "none",
    "hosts",
    "cache",
    "stale",
    "upstream",
    "zone",
    "system",
    "opportunistic",
    "observe"
  };

  /** Lines of the log at {@code warn} are among them, and say when a server is back. */
  private static final String LAST = "last errors and warnings";

  private final StatusSnapshot look;
  private final StatusSnapshot before; // null: the first one
  private final boolean verbose;
  private final Paint paint;
  private final Lines lines = new Lines();

  private StatusTable(StatusSnapshot look, StatusSnapshot before, boolean verbose, Paint paint) {
    this.look = look;
    this.before = before;
    this.verbose = verbose;
    this.paint = paint;
  }

  /**
   * @param before the look before it; null for none
   * @param verbose with every setting
   */
  static List<String> of(StatusSnapshot look, StatusSnapshot before, boolean verbose, Paint paint) {
    StatusTable table = new StatusTable(look, before, verbose, paint);
    table.write();
    return table.lines.all();
  }

  private void write() {
    Figures resolver = look.resolver();
    Long uptime = look.jvm().count("Uptime");
    lines.add(
        "dot-agent "
            + Words.text(resolver.text("Version"))
            + " in "
            + look.pid()
            + ": Java "
            + Words.text(look.jvm().text("SpecVersion"))
            + ", up "
            + (uptime == null ? Words.NOT_KNOWN : Words.age(uptime)));
    String verdict = StatusVerdict.of(look);
    if (verdict != null) {
      lines.tagged("now", verdict);
    }
    Long losses = resolver.count("HookLosses");
    lines.tagged(
        "hook",
        Words.text(resolver.text("Hook"))
            + (losses == null || losses == 0 ? "" : "; lost " + Words.count(losses) + " times"));
    lines.tagged(
        "in force",
        (look.isObserving() ? "mode OBSERVE; profile " : "profile ")
            + Words.text(resolver.text("Profile"))
            + "; "
            + Words.text(resolver.text("JvmCachePolicy")));
    settingsFiles();
    lookups();
    cache();
    lines.add("");
    UpstreamTable.write(look, lines, paint);
    lastErrors();
    bypasses();
    settings();
    if (look.isObserving()) {
      lines.add("");
      ObservedSection.write(look.resolver(), lines);
    }
  }

  /**
   * The followed files: settings, authorities, keys. No line if there is no such file, or the agent
   * is too old to report them.
   */
  private void settingsFiles() {
    Figures resolver = look.resolver();
    List<String> files = resolver.list("SettingsFiles");
    if (files == null || files.isEmpty()) {
      return;
    }
    Long changes = resolver.count("SettingsChanges");
    lines.tagged(
        "files",
        "read "
            + Words.since(resolver.text("SettingsReadAt"), look.at())
            + ": "
            + files.get(0)
            + (files.size() == 1 ? "" : " and " + (files.size() - 1) + " more")
            + (changes == null || changes == 0
                ? ""
                : "; changed " + Words.count(changes) + (changes == 1 ? " time" : " times")));
    String problem = resolver.text("SettingsProblem");
    if (problem != null) {
      lines.tagged("", "NOT IN FORCE: " + problem);
    }
  }

  private void settings() {
    List<String> inForce = verbose ? look.resolver().list("Settings") : null;
    if (inForce != null) {
      lines.add("");
      lines.add("settings");
      for (String setting : inForce) {
        lines.indented(setting);
      }
    }
  }

  private void lookups() {
    Figures resolver = look.resolver();
    lines.tagged(
        "lookups",
        Words.count(resolver.count("Lookups"))
            + rate("Lookups")
            + "; failed "
            + Words.count(look.failures())
            + kinds());
    String sources = sources();
    if (!sources.isEmpty()) {
      lines.tagged("answers", sources);
    }
    namesInClear();
    Long mismatches = resolver.count("PinMismatches");
    if (mismatches == null || mismatches > 0) {
      lines.tagged("pins", "mismatches " + Words.count(mismatches) + rate("PinMismatches"));
    }
  }

  /** An auditor must see the 0, so it is always shown. */
  private void namesInClear() {
    Long names = look.resolver().count("MayHaveBeenInClear");
    Long withoutServers = look.resolver().count("NamesInClear");
    if (names == null) {
      if (withoutServers != null && withoutServers > 0) { // an older agent
        lines.tagged(
            "in clear", Words.count(withoutServers) + " names, because no server could be reached");
      }
      return;
    }
    List<String> suffixes = look.resolver().list("ClearSuffixes");
    lines.tagged(
        "in clear",
        Words.count(names)
            + (names == 1 ? " name may" : " names may")
            + " have left in the clear"
            + (withoutServers == null || withoutServers == 0
                ? ""
                : ", "
                    + Words.count(withoutServers)
                    + " of them because no server could be reached")
            + (suffixes == null || suffixes.isEmpty() ? "" : "; " + String.join(", ", suffixes)));
  }

  /** The sources of answers that are not 0. */
  private String sources() {
    StringBuilder sources = new StringBuilder();
    for (int i = 0; i < StatusSnapshot.SOURCES.size(); i++) {
      Long count = look.resolver().count(StatusSnapshot.SOURCES.get(i));
      if (count != null && count > 0) {
        sources.append(sources.length() == 0 ? "" : ", ");
        sources.append(SOURCES[i]).append(' ').append(Words.count(count));
      }
    }
    return sources.toString();
  }

  /** The failures that are not 0. */
  private String kinds() {
    StringBuilder kinds = new StringBuilder();
    for (int i = 0; i < StatusSnapshot.FAILURES.size(); i++) {
      Long count = look.resolver().count(StatusSnapshot.FAILURES.get(i));
      if (count != null && count > 0) {
        kinds.append(kinds.length() == 0 ? ": " : ", ");
        kinds.append(KINDS[i]).append(' ').append(Words.count(count));
      }
    }
    return kinds.toString();
  }

  private void cache() {
    Figures resolver = look.resolver();
    Long hits = resolver.count("Hits");
    Long misses = resolver.count("Misses");
    lines.tagged(
        "cache",
        Words.count(resolver.count("CacheSize"))
            + " of "
            + Words.count(resolver.count("CacheMaxEntries"))
            + " names; from memory "
            + (hits == null || misses == null
                ? Words.NOT_KNOWN
                : Words.share(hits, hits + misses)));
    lines.tagged(
        "",
        "hits "
            + Words.count(hits)
            + rate("Hits")
            + ", misses "
            + Words.count(misses)
            + rate("Misses")
            + ", stale "
            + Words.count(resolver.count("StaleAnswers"))
            + ", coalesced "
            + Words.count(resolver.count("Coalesced"))
            + ", prefetches "
            + Words.count(resolver.count("Prefetches")));
  }

  /** The rate per second since the previous look; empty if that is not known. */
  private String rate(String count) {
    if (before == null) {
      return "";
    }
    Long now = look.resolver().count(count);
    Long then = before.resolver().count(count);
    Long end = look.jvm().count("Uptime");
    Long begin = before.jvm().count("Uptime");
    return now == null || then == null || end == null || begin == null || end <= begin
        ? ""
        : " (" + Words.rate(now - then, end - begin) + ")";
  }

  private void lastErrors() {
    List<String> errors = look.resolver().list("LastErrors");
    lines.add("");
    if (errors == null || errors.isEmpty()) {
      lines.add(LAST + ": " + (errors == null ? Words.NOT_KNOWN : "none"));
      return;
    }
    lines.add(LAST);
    for (TimedError error : FoldedErrors.of(errors)) {
      lines.indented(error.ageFirst(look.at()));
    }
  }

  private void bypasses() {
    List<String> seen = look.resolver().list("BypassesSeen");
    if (seen != null && !seen.isEmpty()) {
      lines.add("");
      lines.add("DNS past the agent");
      for (String one : seen) {
        lines.indented(one);
      }
    }
  }
}
