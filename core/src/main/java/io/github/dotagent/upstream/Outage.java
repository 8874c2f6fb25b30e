package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says in the log when no server is left, and when one is back: a line each. Told of both in turn,
 * by one thread at a time.
 */
public final class Outage {
  private final String consequence;
  private final LongSupplier failedLookups;
  private final Timers timers;
  private final Log log;
  private final LineBudget lines;
  private volatile long begunAt;
  private volatile long failedBefore;

  /**
   * @param consequence what becomes of lookups meanwhile
   * @param failedLookups how many have failed since the start
   */
  public Outage(String consequence, LongSupplier failedLookups, Timers timers, Log log) {
    this.consequence = consequence;
    this.failedLookups = failedLookups;
    this.timers = timers;
    this.log = log;
    this.lines = new LineBudget(timers);
  }

  /** Of servers whose lookups are not counted. */
  static Outage uncounted(Timers timers, Log log) {
    LongSupplier none =
        new LongSupplier() {
          @Override
          public long getAsLong() {
            return 0;
          }
        };
    return new Outage("lookups fail", none, timers, log);
  }

  /**
   * @param servers none of which answers
   */
  void begins(List<Upstream> servers) {
    begunAt = timers.nanoTime();
    failedBefore = failedLookups.getAsLong();
    int untrusted = 0;
    int unreachable = 0;
    for (Upstream server : servers) {
      if (server.standing().isUntrusted()) {
        untrusted++;
      } else if (server.standing().isUnreachable()) {
        unreachable++;
      }
    }
    int silent = servers.size() - untrusted - unreachable;
    say(
        Level.ERROR,
        "no upstream is left ("
            + (untrusted == 0 ? "" : untrusted + " untrusted")
            + (untrusted == 0 || unreachable == 0 ? "" : ", ")
            + (unreachable == 0 ? "" : unreachable + " out of reach")
            + (silent == 0 || silent == servers.size() ? "" : ", ")
            + (silent == 0 ? "" : silent + " without an answer")
            + "): "
            + consequence);
  }

  /**
   * @param servers one of which answers
   */
  void ends(List<Upstream> servers) {
    String who = "an upstream";
    for (Upstream server : servers) {
      if (server.standing().health().isHealthy()) {
        who = "upstream " + server.spec();
        break;
      }
    }
    long failed = failedLookups.getAsLong() - failedBefore;
    say(
        Level.WARN,
        who
            + " answers, the first after "
            + text(timers.nanoTime() - begunAt)
            + " without any; "
            + failed
            + (failed == 1 ? " lookup" : " lookups")
            + " failed meanwhile");
  }

  private void say(Level level, String line) {
    String said = lines.spendOn(line);
    log.write(said == null ? Level.DEBUG : level, said == null ? line : said);
  }

  private static String text(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3_600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
  }
}
