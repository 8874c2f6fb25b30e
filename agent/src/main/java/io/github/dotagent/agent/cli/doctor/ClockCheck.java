package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.agent.cli.RoundedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks this machine's clock against the validity of the servers' certificates, because TLS 1.3
 * itself has no time. If a certificate is not valid yet, or a whole chain has expired, the clock is
 * wrong and not the certificates.
 */
final class ClockCheck {
  /** A clock that shows a time before this version was made is wrong. */
  static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

  private final Instant now;
  private final List<List<Validity>> chains = new ArrayList<>();

  ClockCheck(Instant now) {
    this.now = now;
  }

  /**
   * Adds a chain.
   *
   * @param chain leaf first, as the server presented it
   */
  void saw(List<Validity> chain) {
    if (!chain.isEmpty()) {
      chains.add(chain);
    }
  }

  /** Whether the clock, and not a certificate, is wrong. */
  boolean isWrong() {
    return find().verdict() == Finding.Grade.FAIL;
  }

  Finding find() {
    if (now.isBefore(EARLIEST)) {
      return wrong("is before " + EARLIEST + ", when this version was made");
    }
    for (List<Validity> chain : chains) {
      Validity leaf = chain.get(0);
      if (!leaf.hasBegun(now)) {
        return wrong(
            "is "
                + RoundedTime.text(Duration.between(now, leaf.begins()))
                + " before a server's certificate becomes valid ("
                + leaf.begins()
                + ")");
      }
    }
    if (everyLeafHasEnded()) {
      return wrong("is after the expiry of all servers' certificates");
    }
    if (everyChainHasEnded()) {
      return wrong("is after the expiry of every server's certificate and of its authority's");
    }
    return Finding.ok(
        chains.isEmpty()
            ? now + "; no certificate to compare it with"
            : now + "; within the validity of " + within() + " of " + chains.size() + " chains");
  }

  private Finding wrong(String how) {
    return Finding.fail(
        "this machine's clock shows " + now + ", which " + how,
        "set the clock (timedatectl status, chronyc tracking); with a wrong clock no certificate"
            + " can be checked");
  }

  /**
   * One expired certificate is a mistake of its owner. Two owners do not make this mistake at the
   * same time.
   */
  private boolean everyLeafHasEnded() {
    Set<Instant> ends = new HashSet<>();
    for (List<Validity> chain : chains) {
      if (!chain.get(0).hasEnded(now)) {
        return false;
      }
      ends.add(chain.get(0).ends());
    }
    return ends.size() > 1;
  }

  /** If only the leaf has expired, that is its owner's mistake; authorities are valid for years. */
  private boolean everyChainHasEnded() {
    boolean authoritiesToo = false;
    for (List<Validity> chain : chains) {
      for (Validity certificate : chain) {
        if (!certificate.hasEnded(now)) {
          return false;
        }
      }
      authoritiesToo |= chain.size() > 1;
    }
    return authoritiesToo;
  }

  private int within() {
    int within = 0;
    for (List<Validity> chain : chains) {
      within += chain.get(0).hasEnded(now) ? 0 : 1;
    }
    return within;
  }
}
