package io.github.dotagent.agent.monitoring.jfr;

import io.github.dotagent.metrics.Bypass;
import io.github.dotagent.metrics.ConnectionWatch;
import io.github.dotagent.metrics.LookupWatch;
import io.github.dotagent.metrics.Watcher;
import java.io.Closeable;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;

/**
 * Makes events for a recording. Without a recording, an event is a short-lived object and a test of
 * a flag.
 */
public final class FlightEvents implements Watcher, Closeable {
  /**
   * Made by {@code JfrIntegration}, by name, on a thread of the agent's: there JFR loads, rewrites
   * and registers the classes of the events. Otherwise the first lookup would do that on a thread
   * of the program, and a virtual one keeps its carrier while it waits for a class.
   */
  public FlightEvents() {
    Event[] all = {
      new LookupEvent(), new ConnectionEvent(), new PinMismatchEvent(), new BypassEvent()
    };
    for (Event event : all) {
      event.isEnabled();
    }
  }

  /** The recorder forgets them. */
  @Override
  public void close() {
    FlightRecorder.unregister(LookupEvent.class);
    FlightRecorder.unregister(ConnectionEvent.class);
    FlightRecorder.unregister(PinMismatchEvent.class);
    FlightRecorder.unregister(BypassEvent.class);
  }

  @Override
  public LookupWatch lookupBegins() {
    LookupEvent event = new LookupEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  @Override
  public ConnectionWatch connectionBegins() {
    ConnectionEvent event = new ConnectionEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  @Override
  public void pinMismatch(String upstream, List<String> presented, boolean refused) {
    PinMismatchEvent.commit(upstream, presented, refused);
  }

  @Override
  public void bypass(String library, String server, Bypass.Fate fate) {
    BypassEvent.commit(library, server, fate);
  }
}
