package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.net.HostName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Asks the servers about a name and waits for their answers. */
final class BlockingLookup {
  private final Lookup dot;
  private final BoundedWait wait;
  private final StartWait start;
  private final LineBudget lines;
  private final Log log;

  BlockingLookup(Lookup dot, BoundedWait wait, StartWait start, Timers timers, Log log) {
    this.lines = new LineBudget(timers);
    this.log = log;
    this.dot = dot;
    this.wait = wait;
    this.start = start;
  }

  /**
   * The addresses of a name, of the wanted families.
   *
   * @param host as the caller spelled it, for messages
   * @param time how long it may wait
   */
  LookupResult addresses(String host, HostName name, AddressFamilyPolicy order, WaitBudget time) {
    wait.forStart(start, time);
    // both questions are on their way before either answer is waited for (RFC 8305 §3)
    CompletableFuture<Answer> ipv6 = order.wantsIpv6() ? ask(name, RecordType.AAAA) : null;
    CompletableFuture<Answer> ipv4 = order.wantsIpv4() ? ask(name, RecordType.A) : null;
    LookupResult result = new LookupResult(host, "address");
    if (ipv4 != null) {
      add(result, name, time, ipv4);
    }
    if (ipv6 != null) {
      add(result, name, time, ipv6);
    }
    return result;
  }

  /**
   * The names of an address.
   *
   * @param address as text, for messages
   */
  LookupResult names(String address, HostName reverse, WaitBudget time) {
    wait.forStart(start, time);
    LookupResult result = new LookupResult(address, "name");
    add(result, reverse, time, ask(reverse, RecordType.PTR));
    return result;
  }

  private void add(
      LookupResult result, HostName name, WaitBudget time, CompletableFuture<Answer> answer) {
    try {
      result.add(wait.within(time, answer));
    } catch (ExecutionException failed) {
      result.failed(failed.getCause());
    } catch (TimeoutException late) {
      result.failed(time.neverWaits() ? late : explained(late, name));
    }
  }

  /** The failure if no answer comes in time: the state of each server, also for the log. */
  private TimeoutException explained(TimeoutException late, HostName name) {
    String doing = dot.doing(name.toString());
    if (doing.isEmpty()) {
      return late;
    }
    String reason = late.getMessage() + ": " + doing;
    String line = "a lookup got " + reason;
    String said = lines.spendOn(line);
    log.write(said == null ? Level.DEBUG : Level.WARN, said == null ? line : said);
    return new TimeoutException(reason);
  }

  private CompletableFuture<Answer> ask(HostName name, RecordType type) {
    return dot.lookup(Question.ofLowerCase(name.toString(), type));
  }
}
