package io.github.dotagent.agent.cli.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row for each server; below the rows, the errors of servers that are away. If all servers share
 * a value, it stands once, above the rows.
 */
final class UpstreamTable {
  /** States that need no explanation: UpstreamState has the words. */
  private static final Set<String> WELL =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList("in use", "ready", "untried")));

  private static final String LATE = "late";

  /** The MBean's word for it. */
  private static final String NO_PINS = "none";

  /** The same limit as the alarm of docs/prometheus-alerts.yml and doctor. */
  private static final double ENDS_SOON_DAYS = 14;

  private final StatusSnapshot look;
  private final Lines lines;
  private final Paint paint;
  private final String suffix; // of every address; empty where they differ
  private final String tls; // of every server; null where they differ
  private final String pin; // the same

  private UpstreamTable(StatusSnapshot look, Lines lines, Paint paint) {
    this.look = look;
    this.lines = lines;
    this.paint = paint;
    List<String> suffixes = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    List<String> pins = new ArrayList<>();
    for (Figures server : look.upstreams()) {
      suffixes.add(suffixOf(Words.text(server.text("Address"))));
      versions.add(tlsOf(server));
      pins.add(pinOf(server, look.resolver().text("Pins")));
    }
    String shared = common(suffixes);
    this.suffix = shared == null ? "" : shared;
    this.tls = common(versions);
    this.pin = common(pins);
  }

  static void write(StatusSnapshot look, Lines lines, Paint paint) {
    new UpstreamTable(look, lines, paint).write();
  }

  static boolean isWell(Figures server) {
    return WELL.contains(server.text("State"));
  }

  /** Whether names are sent to it: a late one still answers. */
  static boolean isUsable(Figures server) {
    return isWell(server) || LATE.equals(server.text("State"));
  }

  /** The value that all servers share; null if there is only one server, or the values differ. */
  private static String common(List<String> values) {
    return values.size() > 1 && new HashSet<>(values).size() == 1 ? values.get(0) : null;
  }

  private void write() {
    String shared = shared();
    if (!shared.isEmpty()) {
      lines.tagged("servers", "all " + shared);
    }
    List<String> cells = new ArrayList<>();
    Columns columns = new Columns("llrrrrr" + (tls == null ? "l" : "") + (pin == null ? "l" : ""));
    columns.row(row("upstream", "state", "conn", "wait", "rtt", "asked", "failed", "TLS", "pin"));
    for (Figures server : look.upstreams()) {
      String address = Words.text(server.text("Address"));
      cells.add(Words.text(server.text("State")));
      columns.row(
          row(
              address.substring(0, address.length() - suffix.length()),
              Words.text(server.text("State")),
              Words.count(server.count("Connections")),
              Words.count(server.count("QueriesInFlight")),
              roundTrip(server),
              Words.count(server.count("Queries")),
              Words.count(server.count("Failures")),
              tlsOf(server),
              pinOf(server, look.resolver().text("Pins"))));
    }
    List<String> rows = columns.lines(Lines.WIDTH);
    lines.add(rows.get(0));
    String zone = "";
    for (int i = 0; i < cells.size(); i++) {
      String itsZone = StatusSnapshot.zoneOf(look.upstreams().get(i));
      if (!itsZone.equals(zone)) {
        zone = itsZone;
        lines.tagged("zone", zone);
      }
      lines.add(paint.state(rows.get(i + 1), cells.get(i)));
    }
    whatAils();
    whatEnds();
  }

  /** The row without the values that stand above the rows. */
  private String[] row(String... cells) {
    List<String> row = new ArrayList<>(Arrays.asList(cells));
    if (pin != null) {
      row.remove(cells.length - 1);
    }
    if (tls != null) {
      row.remove(cells.length - 2);
    }
    return row.toArray(new String[0]);
  }

  private String shared() {
    List<String> parts = new ArrayList<>();
    if (!suffix.isEmpty()) {
      parts.add(suffix);
    }
    if (tls != null) {
      parts.add("TLS " + tls);
    }
    if (pin != null) {
      parts.add("pin " + pin);
    }
    return String.join(", ", parts);
  }

  /** For a server that is away this value would be out of date. */
  private static String roundTrip(Figures server) {
    return isUsable(server) ? Words.millis(server.measure("RoundTripMillis")) : Words.NOT_KNOWN;
  }

  /** Port and name; empty if the text has no port to show where they begin. */
  private static String suffixOf(String address) {
    int at = address.indexOf('@');
    return at < 0 ? "" : address.substring(at);
  }

  private static String tlsOf(Figures server) {
    String version = server.text("TlsVersion");
    return version == null ? Words.NOT_KNOWN : version.replace("TLSv", "");
  }

  /**
   * @param set how many are set, in the words of the MBean; null for an agent that does not tell
   */
  private static String pinOf(Figures server, String set) {
    if (server.text("MatchedPin") != null) {
      return "ok";
    }
    Long itsOwn = server.count("PinsSet"); // null: an older agent
    if (NO_PINS.equals(set) || itsOwn != null && itsOwn == 0) {
      return "none set";
    }
    List<String> presented = server.list("PresentedPins");
    return set == null || presented == null || presented.isEmpty() ? Words.NOT_KNOWN : "NO MATCH";
  }

  /** Equal failures of several servers are one line. */
  private void whatAils() {
    Map<String, List<Figures>> byReason = new LinkedHashMap<>();
    for (Figures server : look.upstreams()) {
      String error = server.text("LastError");
      if (error != null && !isWell(server)) {
        String reason = withoutDetail(TimedError.parse(error).text());
        byReason.computeIfAbsent(reason, first -> new ArrayList<>()).add(server);
      }
    }
    for (List<Figures> servers : byReason.values()) {
      lines.indented(who(servers) + ": " + together(servers).ageLast(look.at()));
    }
  }

  /** Certificates that expire soon, or have expired: an operator has days to act. */
  private void whatEnds() {
    whatEnds("CertificateDaysLeft", "the certificate");
    whatEnds("ClientCertificateDaysLeft", "the client certificate");
  }

  private void whatEnds(String attribute, String certificate) {
    Map<String, List<Figures>> byDays = new LinkedHashMap<>();
    for (Figures server : look.upstreams()) {
      Double days = server.number(attribute);
      if (days != null && days < ENDS_SOON_DAYS) {
        byDays.computeIfAbsent(ends(days), first -> new ArrayList<>()).add(server);
      }
    }
    byDays.forEach(
        (ends, servers) -> lines.indented(who(servers) + ": " + certificate + " " + ends));
  }

  private static String ends(double days) {
    long whole = (long) Math.floor(Math.abs(days));
    String span = whole == 0 ? "less than a day" : whole + (whole == 1 ? " day" : " days");
    return days < 0 ? "expired " + span + " ago" : "expires in " + span;
  }

  private String who(List<Figures> servers) {
    if (servers.size() == 1) {
      return Words.text(servers.get(0).text("Address"));
    }
    return servers.size() == look.upstreams().size()
        ? "all " + servers.size()
        : servers.size() + " of " + look.upstreams().size();
  }

  private static TimedError together(List<Figures> servers) {
    TimedError all = TimedError.parse(servers.get(0).text("LastError"));
    for (Figures server : servers.subList(1, servers.size())) {
      all = all.and(TimedError.parse(server.text("LastError")));
    }
    return all;
  }

  /** Details are such as the pins that were presented. */
  private static String withoutDetail(String text) {
    int detail = text.indexOf(" (");
    return detail < 0 ? text : text.substring(0, detail);
  }
}
