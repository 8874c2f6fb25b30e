package io.github.dotagent.agent.watch.jfr;

import io.github.dotagent.watch.Bypass;
import io.github.dotagent.watch.ConnectionWatch;
import io.github.dotagent.watch.LookupWatch;
import io.github.dotagent.watch.Watcher;
import java.util.List;

/**
 * Turns what happens into events, where a recording wants them. Where none does, an event is an
 * object that nobody keeps and a test of a flag.
 */
public final class FlightEvents implements Watcher {
  /** Made by {@code FlightRecording}, by name. */
  public FlightEvents() {}

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
