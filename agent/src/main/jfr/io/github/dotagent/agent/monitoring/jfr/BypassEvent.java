package io.github.dotagent.agent.monitoring.jfr;

import io.github.dotagent.metrics.Bypass;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A library asks a DNS server itself. Its stack shows the library and its caller. */
@Name("dotagent.Bypass")
@Label("Bypass")
@Category({"dot-agent", "DNS over TLS"})
@Description("A library asks a DNS server by itself; 20 times a second at most for each server")
@StackTrace(true)
final class BypassEvent extends Event {
  @Label("Library")
  @Description("The class that asks")
  String library;

  @Label("Server")
  @Description("The server that it chose, as ADDRESS@PORT")
  String server;

  @Label("Fate")
  @Description(
      "Where its queries go: over TLS, names of the system, in the clear, answered by the agent,"
          + " refused or lost by an error")
  String fate;

  static void commit(String library, String server, Bypass.Fate fate) {
    BypassEvent event = new BypassEvent();
    if (event.shouldCommit()) {
      event.library = library;
      event.server = server;
      event.fate = fate.toString();
      event.commit();
    }
  }
}
