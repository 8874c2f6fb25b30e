package io.github.dotagent.agent.cli.doctor;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The time in which a certificate is valid. Immutable. */
final class Validity {
  private final Instant begins;
  private final Instant ends;

  Validity(Instant begins, Instant ends) {
    this.begins = begins;
    this.ends = ends;
  }

  /** Of each certificate of a chain, in its order. */
  static List<Validity> of(List<X509Certificate> chain) {
    List<Validity> spans = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      spans.add(
          new Validity(
              certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
    }
    return spans;
  }

  Instant begins() {
    return begins;
  }

  Instant ends() {
    return ends;
  }

  boolean hasBegun(Instant now) {
    return !now.isBefore(begins);
  }

  boolean hasEnded(Instant now) {
    return now.isAfter(ends);
  }
}
