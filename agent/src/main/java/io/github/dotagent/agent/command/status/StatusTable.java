package io.github.dotagent.agent.command.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A look as a table that a person can read at a glance, with rates where there are two. */
final class StatusTable {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";

  /** Of the first column, where a line says what it tells about. */
  private static final int TAG_WIDTH = 11;

  /** In the order of {@link Look#FAILURES}. */
  private static final String[] KINDS = {
    "untrusted", "malformed", "server failure", "unreachable", "timeout"
  };

  /** How a server is that needs no explanation: UpstreamState has the words. */
  private static final Set<String> WELL =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList("in use", "ready", "untried")));

  private final Look look;
  private final Look before; // null: the first one
  private final List<String> lines = new ArrayList<>();

  private StatusTable(Look look, Look before) {
    this.look = look;
    this.before = before;
  }

  /**
   * @param before the look before it; null for none
   */
  static List<String> of(Look look, Look before) {
    StatusTable table = new StatusTable(look, before);
    table.write();
    return table.lines;
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
    tagged("hook", Words.text(resolver.text("Hook")));
    tagged(
        "in force",
        "profile "
            + Words.text(resolver.text("Profile"))
            + "; "
            + Words.text(resolver.text("JvmCachePolicy")));
    lookups();
    cache();
    lines.add("");
    lines.addAll(servers());
    whatAilsServers();
    lastErrors();
    bypasses();
  }

  private void lookups() {
    Figures resolver = look.resolver();
    tagged(
        "lookups",
        Words.count(resolver.count("Lookups"))
            + rate("Lookups")
            + "; failed "
            + Words.count(look.failures())
            + kinds());
    Long mismatches = resolver.count("PinMismatches");
    if (mismatches == null || mismatches > 0) {
      tagged("pins", "mismatches " + Words.count(mismatches) + rate("PinMismatches"));
    }
  }

  /** Of the failures, those that there were. */
  private String kinds() {
    StringBuilder kinds = new StringBuilder();
    for (int i = 0; i < Look.FAILURES.size(); i++) {
      Long count = look.resolver().count(Look.FAILURES.get(i));
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
    tagged(
        "cache",
        Words.count(resolver.count("CacheSize"))
            + " of "
            + Words.count(resolver.count("CacheMaxEntries"))
            + " names; from memory "
            + (hits == null || misses == null
                ? Words.NOT_KNOWN
                : Words.share(hits, hits + misses)));
    tagged(
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

  /** How many more there were each second since the look before; empty when that is not known. */
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

  private List<String> servers() {
    Columns columns = new Columns("llrrrrrll");
    columns.row("upstream", "state", "conn", "waiting", "rtt", "queries", "failed", "TLS", "pin");
    for (Figures server : look.upstreams()) {
      String tls = server.text("TlsVersion");
      columns.row(
          Words.text(server.text("Address")),
          Words.text(server.text("State")),
          Words.count(server.count("Connections")),
          Words.count(server.count("QueriesInFlight")),
          Words.millis(server.measure("RoundTripMillis")),
          Words.count(server.count("Queries")),
          Words.count(server.count("Failures")),
          tls == null ? Words.NOT_KNOWN : tls.replace("TLSv", ""),
          server.text("MatchedPin") == null ? Words.NOT_KNOWN : "ok");
    }
    return columns.lines();
  }

  private void whatAilsServers() {
    for (Figures server : look.upstreams()) {
      String error = server.text("LastError");
      if (error != null && !WELL.contains(server.text("State"))) {
        indented(Words.text(server.text("Address")) + ", " + withAge(error));
      }
    }
  }

  private void lastErrors() {
    List<String> errors = look.resolver().list("LastErrors");
    lines.add("");
    if (errors == null || errors.isEmpty()) {
      lines.add("last errors: " + (errors == null ? Words.NOT_KNOWN : "none"));
      return;
    }
    lines.add("last errors");
    for (String error : errors) {
      indented(withAge(error));
    }
  }

  /** A text that begins with a time, with an age in its place. */
  private String withAge(String error) {
    int blank = error.indexOf(' ');
    String age = age(error.substring(0, Math.max(blank, 0)));
    return age == null ? error : age + " ago: " + error.substring(blank + 1);
  }

  /** Null when the text is no time. */
  private String age(String time) {
    try {
      return Words.age(look.at().toEpochMilli() - Instant.parse(time).toEpochMilli());
    } catch (DateTimeException otherVersion) {
      return null;
    }
  }

  private void bypasses() {
    List<String> seen = look.resolver().list("BypassesSeen");
    if (seen != null && !seen.isEmpty()) {
      lines.add("");
      lines.add("DNS past the agent");
      for (String one : seen) {
        indented(one);
      }
    }
  }

  private void indented(String text) {
    String indent = INDENT;
    for (String line : Words.wrapped(text, WIDTH - 2 * INDENT.length())) {
      lines.add(indent + line);
      indent = INDENT + INDENT;
    }
  }

  private void tagged(String tag, String text) {
    String indent = padded(tag);
    for (String line : Words.wrapped(text, WIDTH - indent.length())) {
      lines.add(indent + line);
      indent = padded("");
    }
  }

  private static String padded(String tag) {
    StringBuilder cell = new StringBuilder(tag);
    while (cell.length() < TAG_WIDTH) {
      cell.append(' ');
    }
    return cell.toString();
  }
}
