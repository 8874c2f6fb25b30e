package io.github.dotagent.agent.command.status;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The servers, a row each, and below them why one is not well. */
final class UpstreamTable {
  /** How a server is that needs no explanation: UpstreamState has the words. */
  private static final Set<String> WELL =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList("in use", "ready", "untried")));

  /** The MBean's word for it. */
  private static final String NO_PINS = "none";

  private UpstreamTable() {}

  static void write(Look look, Lines lines) {
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
          pin(server, look.resolver().text("Pins")));
    }
    for (String line : columns.lines()) {
      lines.add(line);
    }
    whatAils(look, lines);
  }

  /**
   * @param set how many are set, in the words of the MBean; null for an agent that does not tell
   */
  private static String pin(Figures server, String set) {
    if (server.text("MatchedPin") != null) {
      return "ok";
    }
    if (NO_PINS.equals(set)) {
      return "off";
    }
    List<String> presented = server.list("PresentedPins");
    return set == null || presented == null || presented.isEmpty() ? Words.NOT_KNOWN : "NONE";
  }

  private static void whatAils(Look look, Lines lines) {
    for (Figures server : look.upstreams()) {
      String error = server.text("LastError");
      if (error != null && !WELL.contains(server.text("State"))) {
        lines.indented(Words.text(server.text("Address")) + ", " + Words.withAge(error, look.at()));
      }
    }
  }
}
