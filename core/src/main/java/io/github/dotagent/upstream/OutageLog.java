package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.StateLog;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Logs a line when no server is left, and one when a server is back. Called for both in turn, by
 * one thread at a time.
 */
public final class OutageLog {
  private final String zone;
  private final String consequence;
  private final LongSupplier failedLookups;
  private final LongSupplier namesInClear;
  private final Timers timers;
  private final Log log;
  private final LineBudget lines;
  private final StateLog state;
  private volatile long begunAt;
  private volatile long failedBefore;
  private volatile long inClearBefore;

  /** For the servers for all names that no zone has. */
  public OutageLog(
      String consequence,
      LongSupplier failedLookups,
      LongSupplier namesInClear,
      Timers timers,
      Log log) {
    this("", consequence, failedLookups, namesInClear, timers, log);
  }

  /**
   * @param zone the names that the servers are for, as people know them; empty: all that no zone
   *     has
   * @param consequence the effect on lookups until it ends
   * @param failedLookups how many have failed since the start
   * @param namesInClear how many names the system resolver was asked for in the servers' place
   */
  public OutageLog(
      String zone,
      String consequence,
      LongSupplier failedLookups,
      LongSupplier namesInClear,
      Timers timers,
      Log log) {
    this.zone = zone;
    this.consequence = consequence;
    this.failedLookups = failedLookups;
    this.namesInClear = namesInClear;
    this.timers = timers;
    this.log = log;
    this.lines = new LineBudget(timers);
    this.state = new StateLog(timers, log);
  }

  /** For servers whose lookups are not counted. */
  static OutageLog uncounted(Timers timers, Log log) {
    LongSupplier none =
        new LongSupplier() {
          @Override
          public long getAsLong() {
            return 0;
          }
        };
    return new OutageLog("lookups fail", none, none, timers, log);
  }

  /**
   * @param servers none of which answers
   */
  void begins(List<Upstream> servers) {
    begunAt = timers.nanoTime();
    failedBefore = failedLookups.getAsLong();
    inClearBefore = namesInClear.getAsLong();
    Group untrusted = new Group("untrusted");
    Group unreachable = new Group("out of reach");
    Group silent = new Group("without an answer");
    for (Upstream server : servers) {
      UpstreamStats standing = server.standing();
      Group its =
          standing.isUntrusted() ? untrusted : standing.isUnreachable() ? unreachable : silent;
      its.add(standing.reason());
    }
    StringBuilder how = new StringBuilder();
    for (Group group : Arrays.asList(untrusted, unreachable, silent)) {
      if (group.servers > 0) {
        how.append(how.length() == 0 ? "" : "; ").append(group);
      }
    }
    String whose = zone.isEmpty() ? "" : " of zone " + zone;
    String line = "no upstream" + whose + " is left (" + how + "): " + consequence;
    state.begins().say(lines, Level.ERROR, line);
  }

  /** Servers that fail in the same way, and the reasons, each once. */
  private static final class Group {
    private final String how;
    private final Set<String> reasons = new LinkedHashSet<>();
    private int servers;

    Group(String how) {
      this.how = how;
    }

    void add(String reason) {
      servers++;
      if (reason != null) {
        reasons.add(reason);
      }
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder().append(servers).append(' ').append(how);
      String separator = ": ";
      for (String reason : reasons) {
        text.append(separator).append(reason);
        separator = ", ";
      }
      return text.toString();
    }
  }

  /**
   * @param servers one of which answers
   */
  void ends(List<Upstream> servers) {
    state.ends();
    String its = zone.isEmpty() ? "" : " (zone " + zone + ")";
    String who = "an upstream" + its;
    for (Upstream server : servers) {
      if (server.standing().health().isHealthy()) {
        who = "upstream " + server.spec() + its;
        break;
      }
    }
    long failed = failedLookups.getAsLong() - failedBefore;
    StateLog.say(
        lines,
        log,
        Level.WARN,
        who
            + " answers again, after "
            + StateLog.text(timers.nanoTime() - begunAt)
            + " without any answer; "
            + meanwhile(failed, namesInClear.getAsLong() - inClearBefore));
  }

  private static String meanwhile(long failed, long inClear) {
    String clear = inClear + (inClear == 1 ? " name" : " names") + " left in the clear";
    String lost = failed + (failed == 1 ? " lookup" : " lookups") + " failed";
    if (inClear == 0) {
      return lost + " meanwhile";
    }
    return (failed == 0 ? clear : clear + " and " + lost) + " meanwhile";
  }
}
