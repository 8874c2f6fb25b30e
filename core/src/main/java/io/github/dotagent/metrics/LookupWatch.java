package io.github.dotagent.metrics;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;

/** Learns the result of one lookup. */
public interface LookupWatch {
  /**
   * Called once, on the thread that looks up.
   *
   * @param name as the program spelled it; an address where its name is asked for
   * @param from the source that gave the answer, or should have given it
   * @param server the address of the server that gave the answer; null if none did
   * @param security what is known of the signatures
   */
  void ended(
      String name, LookupOutcome outcome, Source from, String server, SecurityStatus security);
}
