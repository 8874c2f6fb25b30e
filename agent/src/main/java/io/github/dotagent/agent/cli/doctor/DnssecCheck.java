package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.dnssec.SecurityCheck;
import io.github.dotagent.dnssec.ZoneAnchors;
import java.time.Instant;

/** Whether signatures can be checked here: with this server, these anchors and this clock. */
final class DnssecCheck {
  /** The root, which is signed again every day. */
  static final String NAME = ".";

  static final int TYPE = 6; // SOA, RFC 1035 §3.2.2

  private DnssecCheck() {}

  /**
   * @param root the check of the root's SOA
   * @param now by this machine's clock
   */
  static Finding of(SecurityCheck root, ZoneAnchors anchors, Instant now) {
    return of(root.toString(), root.isSecure(), root.isUntimely(), anchors, now);
  }

  static Finding of(
      String verdict, boolean secure, boolean untimely, ZoneAnchors anchors, Instant now) {
    String text = "the root is " + verdict;
    if (untimely) {
      return Finding.fail(
          text,
          "the root is signed every day: the clock is wrong (timedatectl status, chronyc tracking),"
              + " or the server keeps old data; if a single name has an expired signature, that is"
              + " its owner's mistake");
    }
    if (!secure) {
      return Finding.fail(
          text,
          "no name can be checked: the server must send signatures (kdig +dnssec . SOA), and the"
              + " anchors must be those of its root; "
              + String.join("; ", anchors.texts()));
    }
    Instant doubted = Instant.parse(ZoneAnchors.DOUBTED_AFTER + "T00:00:00Z");
    if (anchors.areOfIana() && now.isAfter(doubted)) {
      return Finding.note(
          text + "; the built-in anchors may be out of date since " + ZoneAnchors.DOUBTED_AFTER,
          "the root's key may change soon: update dot-agent, or set dnssec.anchors to a file with"
              + " the current ones (https://data.iana.org/root-anchors/)");
    }
    return Finding.ok(text + ", " + String.join("; ", anchors.texts()));
  }
}
