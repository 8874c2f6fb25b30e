package io.github.dotagent.agent.monitoring.jfr;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.metrics.LookupWatch;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** One lookup that the JVM's own cache did not answer; its stack shows the caller. */
@Name("dotagent.Lookup")
@Label("Host Name Lookup")
@Category({"dot-agent", "DNS over TLS"})
@Description("A host name lookup that the JVM's own cache did not answer")
final class LookupEvent extends Event implements LookupWatch {
  @Label("Name")
  @Description("The host name as the program spelled it; an address for a reverse lookup")
  String name;

  @Label("Outcome")
  @Description(
      "found, no such name, no data, untrusted, bogus, malformed, server failure, unreachable,"
          + " timeout or system failure")
  String outcome;

  @Label("From")
  @Description(
      "literal, loopback, none, hosts, cache, stale, upstream, zone, system, opportunistic or"
          + " observe")
  String from;

  @Label("Upstream")
  @Description("The address of the server that gave the answer, now or when it was kept")
  String upstream;

  @Label("DNSSEC")
  @Description("unchecked, indeterminate, insecure or secure")
  String dnssec;

  @Override
  public void ended(
      String name, LookupOutcome outcome, Source from, String server, SecurityStatus security) {
    end();
    if (shouldCommit()) {
      this.name = name;
      this.outcome = outcome.toString();
      this.from = from.toString();
      this.upstream = server;
      this.dnssec = security.toString();
      commit();
    }
  }
}
