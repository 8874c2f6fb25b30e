package io.github.dotagent.dnssec;

import io.github.dotagent.net.HostName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Who checks the signatures of answers, from which anchors on, and which names must be secure.
 * Immutable.
 */
public final class DnssecPolicy {
  private final boolean validates;
  private final List<String> required;
  private final ZoneAnchors anchors;

  /**
   * @param validates whether the agent checks itself; otherwise it asks the servers for their
   *     verdict
   * @param required domains whose answers must be secure, in lower case without dots at either end
   * @param anchors of the zones; only used if the agent checks itself
   */
  public DnssecPolicy(boolean validates, List<String> required, ZoneAnchors anchors) {
    this.validates = validates;
    this.required = Collections.unmodifiableList(new ArrayList<>(required));
    this.anchors = Objects.requireNonNull(anchors, "anchors");
  }

  /**
   * Whether two policies give the same verdict on every answer.
   *
   * @param one null: nothing is checked; as the other
   */
  public static boolean areSame(DnssecPolicy one, DnssecPolicy other) {
    if (one == null || other == null) {
      return one == other;
    }
    return one.validates == other.validates
        && one.required.equals(other.required)
        && one.anchors.areSame(other.anchors);
  }

  /** Whether the agent checks itself. */
  public boolean validates() {
    return validates;
  }

  /** Domains whose answers must be secure. */
  public List<String> required() {
    return required;
  }

  public ZoneAnchors anchors() {
    return anchors;
  }

  /**
   * The domain of {@code dnssec.require} that a name is in; null when it is in none.
   *
   * @param name in lower case, without the dot at its end
   */
  String requiredFor(String name) {
    for (String domain : required) {
      if (HostName.isWithin(name, domain)) {
        return domain;
      }
    }
    return null;
  }
}
