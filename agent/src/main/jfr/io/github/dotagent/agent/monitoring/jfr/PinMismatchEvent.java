package io.github.dotagent.agent.monitoring.jfr;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A server had none of the user's pins. The stack is always the agent's. */
@Name("dotagent.PinMismatch")
@Label("Pin Mismatch")
@Category({"dot-agent", "DNS over TLS"})
@Description("A DNS-over-TLS server had none of the pins that are set")
@StackTrace(false)
final class PinMismatchEvent extends Event {
  @Label("Upstream")
  @Description("The server, as in the setting upstreams")
  String upstream;

  @Label("Presented Pins")
  @Description("The pins of its chain, its own first, separated by blanks")
  String presented;

  @Label("Refused")
  @Description("Whether the connection was given up: pins.mode=enforce")
  boolean refused;

  static void commit(String upstream, List<String> presented, boolean refused) {
    PinMismatchEvent event = new PinMismatchEvent();
    if (event.shouldCommit()) {
      StringBuilder pins = new StringBuilder();
      for (String pin : presented) {
        pins.append(pins.length() == 0 ? "" : " ").append(pin);
      }
      event.upstream = upstream;
      event.presented = pins.toString();
      event.refused = refused;
      event.commit();
    }
  }
}
