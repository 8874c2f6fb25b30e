package io.github.dotagent.tls;

import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Compares a chain with the user's pins: one match anywhere is enough (RFC 7858 §4.2). */
final class PinCheck {
  /**
   * The most keys that are logged: an attacker with a new key for each connection must not fill the
   * log.
   */
  private static final int MOST_TOLD = 100;

  /** The pins in the line to paste: the server's own key and its issuer's, which lasts longer. */
  private static final int LEAF_AND_ISSUER = 2;

  /**
   * The same if only a pin is checked. Then an issuer's pin would accept every certificate of that
   * issuer.
   */
  private static final int LEAF_ALONE = 1;

  private final Set<SpkiPin> pins;
  private final PinMode mode;
  private final int toPaste;
  private final String prefix; // of a pin in the setting
  private final List<String> others; // pins of other servers, in the form of the setting
  private final Log log;
  private final Set<SpkiPin> told = ConcurrentHashMap.newKeySet();
  private final AtomicLong mismatches;

  /** The user's pin that each server matched last. */
  private final Map<String, SpkiPin> lastMatches = new ConcurrentHashMap<>();

  PinCheck(Set<SpkiPin> pins, PinMode mode, Log log) {
    this(pins, mode, LEAF_AND_ISSUER, "", Collections.<String>emptyList(), new AtomicLong(), log);
  }

  private PinCheck(
      Set<SpkiPin> pins,
      PinMode mode,
      int toPaste,
      String prefix,
      List<String> others,
      AtomicLong mismatches,
      Log log) {
    this.mismatches = mismatches;
    this.pins = pins;
    this.mode = mode;
    this.toPaste = toPaste;
    this.prefix = prefix;
    this.others = others;
    this.log = log;
  }

  static PinCheck of(TlsPolicy policy, Log log) {
    return of(policy, null, new AtomicLong(), log);
  }

  /**
   * For the servers of one name.
   *
   * @param peer the name, or address, to which the pins are bound; null: to none
   * @param mismatches counts the chains without a pin of the user
   */
  static PinCheck of(TlsPolicy policy, String peer, AtomicLong mismatches, Log log) {
    boolean alone = policy.authentication() == TlsPolicy.Authentication.PINS;
    int toPaste = alone ? LEAF_ALONE : LEAF_AND_ISSUER;
    Set<SpkiPin> own = peer == null ? null : policy.pinsByName().get(peer);
    List<String> others = new ArrayList<>();
    if (own != null) {
      for (SpkiPin pin : policy.pins()) {
        others.add(pin.toString());
      }
    }
    for (Map.Entry<String, Set<SpkiPin>> bound : policy.pinsByName().entrySet()) {
      for (SpkiPin pin :
          bound.getKey().equals(peer) ? Collections.<SpkiPin>emptySet() : bound.getValue()) {
        others.add(bound.getKey() + '=' + pin);
      }
    }
    return new PinCheck(
        own == null ? policy.pins() : own,
        policy.pinMode(),
        toPaste,
        own == null ? "" : peer + '=',
        others,
        mismatches,
        log);
  }

  /** Whether the user gave any. */
  boolean isOn() {
    return !pins.isEmpty();
  }

  /**
   * Logs each new key once, with the setting that would accept it.
   *
   * @param chain leaf first
   * @param server the server that presents it, in the form of {@code upstreams}
   * @throws UntrustedServerException when none matches and pins are enforced; it tells the pins
   *     that were presented
   */
  void check(List<X509Certificate> chain, String server) throws UntrustedServerException {
    SpkiPin match = matchIn(chain);
    if (match != null) {
      lastMatches.put(server, match);
      return;
    }
    List<SpkiPin> presented = SpkiPin.of(chain);
    String mismatch = "pin mismatch (presented " + listOf(presented, ", ") + ")";
    boolean refused = mode == PinMode.ENFORCE;
    long count = mismatches.incrementAndGet();
    if (told.size() < MOST_TOLD && told.add(presented.get(0))) {
      String consequence = refused ? "refused" : "used anyway (dotagent.pins.mode=report)";
      Set<SpkiPin> right = stillInUse(server);
      right.addAll(presented.subList(0, Math.min(toPaste, presented.size())));
      log.write(
          Level.ERROR,
          "upstream "
              + server
              + ": "
              + mismatch
              + "; "
              + consequence
              + ". It has a new key, or something on the way answers in its place: ask its owner."
              + " Only if its key is "
              + presented.get(0)
              + ", set -Ddotagent.pins="
              + setting(right));
    } else {
      log.write(
          Level.DEBUG,
          "upstream " + server + ": " + mismatch + ", number " + count + " since the start");
    }
    if (refused) {
      throw UntrustedServerException.ofPins(mismatch, presented);
    }
  }

  /**
   * For a resumed session, which was logged when it began.
   *
   * @param chain without a pin of the user
   * @param server as for {@link #check}
   * @throws UntrustedServerException when pins are enforced
   */
  void refuse(List<X509Certificate> chain, String server) throws UntrustedServerException {
    if (mode == PinMode.ENFORCE) {
      check(chain, server);
    }
  }

  /** The pin that matches, or null. */
  SpkiPin matchIn(List<X509Certificate> chain) {
    for (X509Certificate certificate : chain) {
      SpkiPin pin = SpkiPin.of(certificate);
      if (pins.contains(pin)) {
        return pin;
      }
    }
    return null;
  }

  /** How many chains had no pin of the user, since the start. */
  long mismatches() {
    return mismatches.get();
  }

  /**
   * The pins in the settings that may still be useful. The pin that this server had before is not
   * among them, unless another server has it too.
   */
  private Set<SpkiPin> stillInUse(String server) {
    SpkiPin before = lastMatches.remove(server);
    Set<SpkiPin> inUse = new LinkedHashSet<>(pins);
    if (before != null && !lastMatches.containsValue(before)) {
      inUse.remove(before);
    }
    return inUse;
  }

  private String setting(Set<SpkiPin> right) {
    List<String> all = new ArrayList<>();
    for (SpkiPin pin : right) {
      all.add(prefix + pin);
    }
    all.addAll(others);
    return String.join(",", all);
  }

  private static String listOf(Collection<SpkiPin> pins, String separator) {
    StringBuilder list = new StringBuilder();
    for (SpkiPin pin : pins) {
      list.append(list.length() == 0 ? "" : separator).append(pin);
    }
    return list.toString();
  }
}
