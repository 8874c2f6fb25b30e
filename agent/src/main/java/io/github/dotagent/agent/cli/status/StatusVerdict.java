package io.github.dotagent.agent.cli.status;

import java.util.LinkedHashMap;
import java.util.Map;

/** Whether names resolve now, and how, in one line: people look for this first. */
final class StatusVerdict {
  private static final String OPPORTUNISTIC = "opportunistic";
  private static final String UNREACHABLE = "unreachable";

  /** Of HookWatchdog, after a lost hook with install=abort. */
  private static final String REFUSED = "lookups are refused";

  private final boolean fallsBack;

  private StatusVerdict(boolean fallsBack) {
    this.fallsBack = fallsBack;
  }

  /**
   * @return null if the agent there reports no server
   */
  static String of(StatusSnapshot look) {
    if (!look.isProtected()) {
      return "lookups DO NOT REACH THE AGENT, and "
          + (Words.text(look.resolver().text("Hook")).contains(REFUSED)
              ? "are refused"
              : "leave in the clear")
          + ": see hook";
    }
    if (look.isObserving()) {
      return "the system resolver answers, in the clear (mode=observe)";
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Figures server : look.upstreams()) {
      if (server.text("State") == null) {
        return null;
      }
      groups.computeIfAbsent(StatusSnapshot.zoneOf(server), zone -> new Group()).add(server);
    }
    String profile = look.resolver().text("Profile");
    StatusVerdict verdict = new StatusVerdict(OPPORTUNISTIC.equals(profile));
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (zone, servers) ->
            text.append(text.length() == 0 ? "names resolve: " : "; ")
                .append(zone.isEmpty() ? "" : "in zone " + zone + ": ")
                .append(verdict.of(servers)));
    return text.length() == 0 ? null : text.toString();
  }

  private String of(Group servers) {
    String ofAll = servers.all + (servers.all == 1 ? " server" : " servers");
    if (servers.usable > 0) {
      return "yes, " + servers.usable + " of " + ofAll + " usable";
    }
    if (fallsBack && servers.unreachable == servers.all) {
      return "by the system resolver, IN THE CLEAR; none of " + ofAll + " is usable";
    }
    return "NO, none of " + ofAll + " is usable; no name leaves in the clear";
  }

  /** The servers of a zone, or those of all names that no zone has. */
  private static final class Group {
    private int all;
    private int usable;
    private int unreachable;

    private void add(Figures server) {
      all++;
      usable += UpstreamTable.isUsable(server) ? 1 : 0;
      unreachable += UNREACHABLE.equals(server.text("State")) ? 1 : 0;
    }
  }
}
